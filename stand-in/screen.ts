import { EventEmitter } from 'node:events';
import { offer } from './offer.ts';
import { surroundings } from './surroundings.ts';

/** One display, of the size that the window reports (1920 × 1080 before there is a window). */
function display() {
  const area = { x: 0, y: 0, width: surroundings.width, height: surroundings.height };
  return {
    id: 1,
    bounds: area,
    workArea: area,
    size: area,
    workAreaSize: area,
    scaleFactor: surroundings.scale,
  };
}

export const screen = offer(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: display,
    getAllDisplays: () => [display()],
    getDisplayMatching: display,
  }),
);
