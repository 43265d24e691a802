import { utilityProcess } from 'electron';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { type PracticeBehaviour, realm } from '#contract/shapes.ts';

const person = z.object({
  label: z.string(),
  typical: z.boolean().default(false),
  account: z.object({ values: z.record(z.string(), z.string()), realm: realm.nullish() }),
});

const ready = z.object({
  type: z.literal('ready'),
  servers: z.array(
    z.object({
      ...{ vendor: z.string(), url: z.string(), people: z.array(person) },
      /** Where people approve sign-ins; not every server has it. */
      approvalUrl: z.string().nullable(),
    }),
  ),
  inboxUrl: z.string(),
  phoneUrl: z.string().nullable(),
});

export type Practice = z.infer<typeof ready> & { stop(): void; behave(behaviour: PracticeBehaviour): void };

const startLimit = 20_000;

/** Runs the practice servers as a process of their own; they end with the app. Throws `internal` when they don't come up. */
export function startPractice(program: string, onExit: () => void): Promise<Practice> {
  return new Promise((resolve, reject) => {
    const child = utilityProcess.fork(program, [], {
      serviceName: 'Gatehouse practice servers',
      stdio: 'ignore',
    });
    const fail = () => {
      child.kill();
      reject(
        new GatehouseError({
          kind: 'internal',
          message: 'The practice servers did not start.',
          advice: 'Try again; if it happens again, restart Gatehouse.',
        }),
      );
    };
    const timer = setTimeout(fail, startLimit);
    child.on('message', (message: unknown) => {
      const parsed = ready.safeParse(message);
      if (!parsed.success) return;
      clearTimeout(timer);
      resolve({
        ...parsed.data,
        stop: () => child.kill(),
        behave: (behaviour) => child.postMessage({ type: 'behave', behaviour }),
      });
    });
    child.on('exit', () => {
      clearTimeout(timer);
      reject(new GatehouseError({ kind: 'internal', message: 'The practice servers stopped.' }));
      onExit();
    });
  });
}
