/**
 * Work that may be asked for at any rate: it is done at once, then at most once every `gap` ms, the last time after the last
 * asking. `finish` does at once what is still due; after `stop` nothing is done any more.
 */
export function createPace(work: () => void, gap: number) {
  let timer: NodeJS.Timeout | null = null;
  let due = false;
  function rest() {
    timer = setTimeout(() => {
      timer = null;
      if (due) run();
    }, gap);
  }
  function run() {
    due = false;
    work();
    rest();
  }
  function stop() {
    if (timer) clearTimeout(timer);
    timer = null;
    due = false;
  }
  return {
    ask(): void {
      if (timer) due = true;
      else run();
    },
    finish(): void {
      const left = due;
      stop();
      if (left) work();
    },
    stop,
  };
}
