/**
 * Work that may be requested at any rate: it is done at once, then at most once every `gap` ms, the last time after the last
 * request. `finish` does at once what is still due; after `stop` nothing is done any more.
 */
export function createThrottle(work: () => void, gap: number) {
  let timer: NodeJS.Timeout | null = null;
  let due = false;
  function pause() {
    timer = setTimeout(() => {
      timer = null;
      if (due) run();
    }, gap);
  }
  function run() {
    due = false;
    work();
    pause();
  }
  function stop() {
    if (timer) clearTimeout(timer);
    timer = null;
    due = false;
  }
  return {
    request(): void {
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
