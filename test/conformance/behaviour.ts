/** One thing that Electron does and Gatehouse relies on. `run` rejects where the host does otherwise. */
export interface Behaviour {
  name: string;
  /** The page of Electron's documentation, or the file of its own tests, that says so. */
  source: string;
  run(): Promise<void> | void;
}

/** Behaviours of one source. */
export const of = (source: string, behaviours: Record<string, Behaviour['run']>): Behaviour[] =>
  Object.entries(behaviours).map(([name, run]) => ({ name, source, run }));
