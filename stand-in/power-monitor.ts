import { EventEmitter } from 'node:events';
import { offer } from './offer.ts';
import { surroundings } from './surroundings.ts';

/** What test control says instead of the real idle time, in seconds. */
export const idle: { seconds: number | null } = { seconds: null };

class PowerMonitor extends EventEmitter {
  /** Seconds since the last input in one of our windows: the stand-in does not see other programs' input. */
  getSystemIdleTime(): number {
    return idle.seconds ?? Math.floor((Date.now() - surroundings.lastInput) / 1000);
  }
  getSystemIdleState(threshold: number): 'active' | 'idle' {
    return this.getSystemIdleTime() >= threshold ? 'idle' : 'active';
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}

export const thePowerMonitor = new PowerMonitor();
export const powerMonitor = offer('powerMonitor', thePowerMonitor);
