const silent = new Set<string | symbol>(['then', 'toJSON']);

/** Wraps an object so that reading a member it lacks throws "host: app.dock is not offered by the stand-in host". */
export function offer<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(of, member, receiver) {
      if (typeof member === 'symbol' || member in of || silent.has(member)) {
        return Reflect.get(of, member, receiver);
      }
      throw new Error(`host: ${name}.${member} is not offered by the stand-in host`);
    },
  });
}

/** Stands for a whole module that is not offered: any use of it throws by name. */
export function notOffered(name: string): object {
  return offer(
    name,
    Object.assign(function absent() {
      throw new Error(`host: ${name} is not offered by the stand-in host`);
    }, {}),
  );
}
