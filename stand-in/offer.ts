import { EventEmitter } from 'node:events';

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

/** What still answers when the object is gone. */
const outlives = new Set<string | symbol>([
  'isDestroyed',
  'constructor',
  ...Object.getOwnPropertyNames(EventEmitter.prototype),
]);

/**
 * As `offer`, for an object that can be destroyed: afterwards its methods throw when they are called, and its properties
 * when they are read, with Electron's words.
 */
export function offerWhileAlive<T extends { isDestroyed(): boolean }>(name: string, target: T): T {
  const gone = () => {
    throw new TypeError('Object has been destroyed');
  };
  const offered = new Proxy(target, {
    get(of, member) {
      const value = Reflect.get(of, member, of);
      const dead = typeof member === 'string' && !outlives.has(member) && member in of && of.isDestroyed();
      if (typeof value === 'function') return dead ? gone : value.bind(of);
      return dead ? gone() : value;
    },
  });
  return offer(name, offered);
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
