import { EventEmitter } from 'node:events';

/** What a practice server sends to a person outside its API. */
export interface Letter {
  /** 1, 2, 3 … in the order of arrival. */
  number: number;
  medium: 'email' | 'sms';
  /** A mail address or a phone number. */
  to: string;
  from: string;
  subject: string;
  text: string;
  /** The PIN, OTP or secret in it, so that a test needs no pattern. */
  code?: string;
  vendor: string;
  /** ms since 1970. */
  at: number;
}

const KEPT = 500;

/** One inbox for all practice servers of a process; the newest 500 letters are kept. */
export class Inbox {
  readonly #letters: Letter[] = [];
  readonly #arrivals = new EventEmitter().setMaxListeners(0);
  #count = 0;

  send(letter: Omit<Letter, 'number'>): Letter {
    const arrived = { ...letter, number: ++this.#count };
    this.#letters.push(arrived);
    if (this.#letters.length > KEPT) this.#letters.shift();
    this.#arrivals.emit('letter', arrived);
    return arrived;
  }

  /** Oldest first; only those to one address when `to` is given (case does not matter). */
  list(to?: string): Letter[] {
    if (to === undefined) return [...this.#letters];
    return this.#letters.filter((letter) => letter.to.toLowerCase() === to.toLowerCase());
  }

  /** The newest letter to this address, or null. */
  latest(to: string): Letter | null {
    return this.list(to).at(-1) ?? null;
  }

  /** Calls back for each new letter; answers a disposer. */
  onLetter(called: (letter: Letter) => void): () => void {
    this.#arrivals.on('letter', called);
    return () => this.#arrivals.off('letter', called);
  }
}
