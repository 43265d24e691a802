import { failureOf } from '#contract/failure.ts';
import { createNetwork } from '#http/client.ts';

/** Asks the server of the first argument, and prints what kind of failure came of it ("none" when the server was believed). */
const network = createNetwork();
const http = network.open({ baseUrl: process.argv[2] ?? '', userAgent: 'x' });
const kind = await http.send({ operation: 'getThing', method: 'GET', path: ['thing'] }).then(
  () => 'none',
  (error: unknown) => failureOf(error).kind,
);
network.close();
console.log(kind);
