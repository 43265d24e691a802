import type { OpenAPIBackend, Operation } from 'openapi-backend';
import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import type { Held } from './read-document.ts';
import { unknownFields } from './unknown-fields.ts';

/** Both sides of one exchange, held to one document. Returns a sentence for each thing that the document does not have. */
export function hold(document: OpenAPIBackend, { prefix, requestsOnly }: Held, exchange: Exchange): string[] {
  const [path = '', query = ''] = exchange.path.replace(prefix, '').split('?');
  const request = {
    method: exchange.method,
    path,
    query,
    headers: headersOf(exchange),
    body: bodyOf(exchange),
  };
  const operation = document.matchOperation(request);
  const say = (what: string) =>
    `${operation?.operationId ?? `${exchange.method} ${path}`} ${exchange.status}: ${what}`;
  if (!operation || path.endsWith('/') !== 'x-slash' in operation)
    return exchange.ours ? [say('no operation of this document')] : [];
  const sent = exchange.ours ? checkRequest(document, operation, request, query) : [];
  const got = requestsOnly ? [] : checkAnswer(document, operation, exchange);
  return [...new Set([...sent, ...got].map(say))];
}

type Sent = Parameters<OpenAPIBackend['matchOperation']>[0];

/** The document's `Content-Type: application/json; charset=…` is the same type as without the parameter. */
function headersOf({ headers }: Exchange): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** JSON that is no object has to reach the validator as it was sent. */
function bodyOf({ headers, body }: Exchange): unknown {
  const isJson = headers['content-type']?.includes('application/json');
  return isJson && typeof body !== 'object' && body !== undefined ? JSON.stringify(body) : body;
}

function checkRequest(
  document: OpenAPIBackend,
  operation: Operation,
  request: Sent,
  query: string,
): string[] {
  const { errors } = document.validator.validateRequest(request, operation);
  const wrong = (errors ?? []).map(
    ({ instancePath, message, params }) =>
      `request ${instancePath} ${message} ${'additionalProperty' in params ? params.additionalProperty : ''}`,
  );
  const content = contentSchema.parse(operation.requestBody ?? {}).content;
  const type = String(request.headers['content-type'] ?? '').split(';')[0] ?? '';
  const length = Number(request.headers['content-length'] ?? 0);
  if (length === 0) return wrong;
  if (!content) return [...wrong, 'the request has a body, and the document has none'];
  if (!(type in content)) return [...wrong, `the request’s body is ${type}, not ${Object.keys(content)}`];
  const fields = unknownFields(content[type]?.schema, request.body);
  return [...wrong, ...repeated(operation, query), ...fields.map((field) => `the request has ${field}`)];
}

/** Lists that the document joins with commas and that were sent as a parameter each. */
function repeated(operation: Operation, query: string): string[] {
  const names = [...new URLSearchParams(query).keys()];
  return parametersSchema
    .parse(operation.parameters ?? [])
    .filter(({ name, explode }) => explode === false && names.filter((one) => one === name).length > 1)
    .map(({ name }) => `the request repeats ${name}, which the document joins with commas`);
}

function checkAnswer(document: OpenAPIBackend, operation: Operation, exchange: Exchange): string[] {
  const { status, type, answer } = exchange;
  const responses = z.record(z.string(), contentSchema).parse(operation.responses);
  const response = responses[status] ?? responses.default;
  if (!response) return ['this status is not in the document'];
  if (answer === '') return response.content ? ['the answer is empty'] : [];
  if (!response.content) return ['the answer has a body, and the document has none'];
  const types = Object.keys(response.content);
  if (!types.some((one) => one === type || one === type?.replace(/\/.*/, '/*')))
    return [`the answer is ${type}, not ${types}`];
  if (type !== 'application/json') return [];
  const value = read(answer);
  const { errors } = document.validator.validateResponse(value, operation, status);
  return [
    ...(errors ?? []).map(
      ({ instancePath, message }) => `the answer’s ${instancePath.replace(/\d+/g, '*') || 'body'} ${message}`,
    ),
    ...unknownFields(response.content[type ?? '']?.schema, value).map((field) => `the answer has ${field}`),
  ];
}

const contentSchema = z.object({
  content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
});
const parametersSchema = z.array(z.object({ name: z.string(), explode: z.boolean().optional() }));

function read(answer: string | number): unknown {
  try {
    return JSON.parse(String(answer));
  } catch {
    return answer;
  }
}
