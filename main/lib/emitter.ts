export interface Emitter<T> {
  /** Adds a listener; answers the disposer that removes exactly this one. */
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

/** The one way to make a subscription in the store, the vault and the account book. */
export function createEmitter<T>(): Emitter<T> {
  const heard = new Set<{ listener: (value: T) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      heard.add(entry);
      return () => void heard.delete(entry);
    },
    tell(value) {
      for (const entry of [...heard]) entry.listener(value);
    },
  };
}
