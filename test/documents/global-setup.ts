import { rmSync } from 'node:fs';
import { exchanges } from './exchange.ts';

/** Exchanges of an earlier run say nothing about this one. */
export default function setup(): void {
  rmSync(exchanges, { recursive: true, force: true });
}
