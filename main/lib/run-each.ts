/** Runs every step; what one throws is reported and keeps no other from being taken. */
export function runEach(steps: (() => void)[], reportBug: (error: unknown) => void) {
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      reportBug(error);
    }
  }
}
