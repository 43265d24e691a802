import type { z } from 'zod';
import type { HttpRequest, VendorHttp } from '#http/types.ts';
import { explain } from './errors.ts';

export interface Page {
  limit: number;
  offset: number;
}

/** Requests with a bearer: a session token, an API credential or an organisation access token; null before sign-in. */
export function koyebRequests(http: VendorHttp, bearer: string | null) {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
  return {
    async json<T>(request: Omit<HttpRequest<T>, 'body'>, schema: z.ZodType<T>): Promise<T> {
      const whole: HttpRequest<T> = {
        headers,
        explain,
        ok: [200],
        ...request,
        body: { kind: 'json', schema },
      };
      return (await http.send(whole)).value;
    },
    async empty(request: HttpRequest<undefined>): Promise<void> {
      await http.send({ headers, explain, ok: [200, 204], ...request });
    },
  };
}

export type KoyebRequests = ReturnType<typeof koyebRequests>;
