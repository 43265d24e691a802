/** One thing that Gatehouse promises against an attacker, and the tests that show it. */
export interface SecurityPromise {
  /** Who attacks or what goes wrong: "A vendor", "A thief of the data folder", "A colleague at the screen" … */
  threat: string;
  promise: string;
  /** `name` is the test's full name as Vitest reports it. */
  tests: { file: string; name: string }[];
}
