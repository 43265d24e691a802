import type { z } from 'zod';
import type { EventsHeard, EventsRequest, HttpRequest, HttpResponse, VendorHttp } from '#http/types.ts';
import { type Access, accessHeaders } from './access.ts';
import { explainFor } from './errors.ts';

type Plain = Omit<HttpRequest<unknown>, 'body' | 'bodyByStatus' | 'explain'> & {
  /** The right that a plain permissionDenied lacks ("to view sessions"). */
  right?: string;
  /** 4.11 does not have the operation, and answers 404. */
  newIn416?: boolean;
};

/** The header of an operation that wants the caller's own password. */
export const confirmed = (confirmation: string): Record<string, string> =>
  confirmation ? { confirmationpassword: confirmation } : {};

/** Requests of one access, with Cyclos's headers and error bodies. */
export function cyclosRequests(http: VendorHttp, access: Access) {
  const prepare = ({ right = 'for this operation', newIn416 = false, ...request }: Plain) => ({
    ...request,
    headers: { ...accessHeaders(access), ...request.headers },
    explain: explainFor(right, newIn416),
  });
  return {
    /** The JSON answer of something that changes nothing. */
    read<T>(
      operation: string,
      path: string[],
      schema: z.ZodType<T>,
      more: Pick<Plain, 'query' | 'right' | 'newIn416'> = {},
    ): Promise<T> {
      return this.json({ operation, method: 'GET', path, safeToRetry: true, ...more }, schema);
    },
    /** The JSON answer; `ok` is 200 unless the request says otherwise. */
    async json<T>(request: Plain, schema: z.ZodType<T>): Promise<T> {
      return (await this.answer(request, schema)).value;
    },
    answer<T>(request: Plain, schema: z.ZodType<T>): Promise<HttpResponse<T>> {
      return http.send<T>({ ok: [200], ...prepare(request), body: { kind: 'json', schema } });
    },
    /** A bare text; 4.11 would put it into JSON for who does not ask for it plain. */
    async text(request: Plain): Promise<string> {
      const headers = { accept: 'text/plain, application/json;q=0.9', ...request.headers };
      const { value } = await http.send<string>({
        ok: [200, 201],
        ...prepare({ ...request, headers }),
        body: { kind: 'text' },
      });
      return value;
    },
    async bytes(request: Plain): Promise<Uint8Array> {
      const { value } = await http.send<Uint8Array>({
        ok: [200],
        ...prepare(request),
        body: { kind: 'bytes' },
      });
      return value;
    },
    /** Follows a stream of events until the server ends it. */
    follow(request: EventsRequest & Pick<Plain, 'newIn416'>, heard: EventsHeard): Promise<void> {
      return http.follow(prepare({ ...request, method: 'GET' }), heard);
    },
    async empty(request: Plain): Promise<void> {
      await http.send({ ok: [200, 204], ...prepare(request) });
    },
  };
}

export type CyclosRequests = ReturnType<typeof cyclosRequests>;
