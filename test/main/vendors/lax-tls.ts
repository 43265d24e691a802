import { createNetwork } from '../../../main/vendors/http.ts';
import { failureOf } from '../../../preload/contract/failure.ts';

/** Asks the server of the first argument, and prints what kind of failure came of it ("none" when the server was believed). */
const network = createNetwork();
const door = network.open({ baseUrl: process.argv[2] ?? '', userAgent: 'x' });
const kind = await door.ask({ operation: 'getThing', method: 'GET', path: ['thing'] }).then(
  () => 'none',
  (error: unknown) => failureOf(error).kind,
);
network.close();
console.log(kind);
