import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PracticeClock } from './clock.ts';
import type { SeenRequest } from './log.ts';
import type { Misbehaviours } from './misbehave.ts';
import type { PracticePerson, PracticeSession } from './types.ts';

const rule = z.strictObject({
  operation: z.string(),
  times: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  latency: z.number().nonnegative().optional(),
  status: z.number().int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  size: z.number().int().positive().optional(),
  reset: z.enum(['before', 'after']).optional(),
  truncate: z.literal('after').optional(),
});

interface Controlled {
  rules: Misbehaviours;
  clock: PracticeClock;
  people(): PracticePerson[];
  sessions(): PracticeSession[];
  log(): SeenRequest[];
}

/** The control paths, outside the vendor's API, for tests in another process. */
export function addControl(app: FastifyInstance, server: Controlled): void {
  app.setErrorHandler((error, _request, reply) => {
    reply.code(400).send({ error: error instanceof Error ? error.message : 'refused' });
  });
  app.post('/__practice/misbehave', async (request, reply) => {
    server.rules.add(rule.parse(request.body));
    reply.code(204);
  });
  app.get('/__practice/misbehave', async () => server.rules.list());
  app.delete('/__practice/misbehave', async (_request, reply) => {
    server.rules.clear();
    reply.code(204);
  });
  app.get('/__practice/sessions', async () => server.sessions());
  app.get('/__practice/people', async () => server.people());
  app.get('/__practice/log', async () => server.log());
  app.post('/__practice/clock', async (request) => {
    server.clock.advance(z.strictObject({ advance: z.number() }).parse(request.body).advance);
    return { now: server.clock.now() };
  });
}
