import { forbidden } from './faults.ts';
import { numericId, type Place } from './state.ts';

const channels: Record<string, string> = {
  main: 'Main web access',
  mobile: 'Mobile app',
  webServices: 'Web services',
};

/**
 * The channel of a request. Without a header it is `webServices`, which has no sessions (assumed: the vendor's
 * document does not say it). Throws 403 `inaccessibleChannel`.
 */
export function channelOf(header: unknown): string {
  if (header === undefined || header === '') return 'webServices';
  if (typeof header !== 'string' || !(header in channels)) throw forbidden('inaccessibleChannel');
  return header;
}

/** EntityReference of a channel. */
export function channelRef(place: Place, internalName: string) {
  return {
    id: numericId(place.state.ids, `channel ${internalName}`),
    name: channels[internalName],
    internalName,
  };
}

export const channelRefs = (place: Place) => Object.keys(channels).map((name) => channelRef(place, name));
