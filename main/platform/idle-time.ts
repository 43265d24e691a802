/** ms between two looks. */
const often = 30_000;

/**
 * Seconds since the last input on this machine. On Wayland the system may say 0 for ever; until it has once said anything
 * else, it is not believed, and the answer is infinite: then the window's own idle time decides alone.
 */
export function createIdleTime(system: () => number, wayland: boolean): () => number {
  if (!wayland) return system;
  let believed = false;
  const look = setInterval(() => {
    believed = system() > 0;
    if (believed) clearInterval(look);
  }, often);
  look.unref();
  return () => {
    const seconds = system();
    return believed || seconds > 0 ? seconds : Number.POSITIVE_INFINITY;
  };
}
