import type { ElectronApplication } from 'playwright';

/** Test control on real Electron, as far as Electron can be asked from outside. */
export async function electronControl(
  running: ElectronApplication,
  name: string,
  details: Record<string, unknown>,
): Promise<unknown> {
  if (name === 'power') {
    return running.evaluate(
      ({ powerMonitor }, event) => powerMonitor.emit(event as 'suspend'),
      details.event as string,
    );
  }
  if (name === 'clipboard') return running.evaluate(({ clipboard }) => clipboard.readText());
  if (name === 'open-url') {
    return running.evaluate(
      ({ app }, url) => app.emit('open-url', { preventDefault() {} }, url),
      details.url as string,
    );
  }
  if (name === 'quit') return running.evaluate(({ app }) => app.quit());
  if (name === 'idle') {
    return running.evaluate(({ powerMonitor }, seconds) => {
      powerMonitor.getSystemIdleTime = () => seconds;
    }, details.seconds as number);
  }
  throw new Error(`Test control '${name}' needs the stand-in host.`);
}
