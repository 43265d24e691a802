import type { FailureKind } from '#contract/failure.ts';
import type { VendorHttp } from '#http/types.ts';

/** One operation of a vendor: what is sent, what a good answer gives, and what every refusal means. */
export interface OperationRow {
  vendor: string;
  /** The vendor's own name of it, as the client's method. */
  operation: string;
  /** Where two generations want different requests: which one this row is about. */
  generation?: string;
  call(http: VendorHttp): Promise<unknown>;
  /** Method, path and query exactly as sent. */
  sent: string;
  /** All headers that say who asks, and those that belong to the operation; no other may be sent. */
  headers: Record<string, string>;
  /** The door has the server's cookie before the call. */
  signedIn?: boolean;
  /** A string where it is no JSON. */
  body?: unknown;
  /** Of the body, when there is one; JSON when absent. */
  contentType?: RegExp;
  answer: [status: number, body?: unknown];
  gives: unknown;
  refusals: Partial<Record<number, FailureKind>>;
  /** The vendor's own error body for a status; undefined for an empty one. ECHO in it becomes a secret that was sent. */
  refusal(status: number): unknown;
}
