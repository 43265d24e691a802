export interface Place {
  width: number;
  height: number;
  x?: number;
  y?: number;
  maximized?: boolean;
}

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** px of the window's upper edge that must be in sight to take hold of it. */
const grip = { width: 120, height: 40 };

const overlap = (from: number, length: number, otherFrom: number, otherLength: number) =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

/**
 * Returns the place without its position where no screen shows enough of the window's upper edge (its screen was
 * unplugged), so that the system chooses one. `areas` are the screens without their panels, in px.
 */
export function inSight(place: Place, areas: Area[]): Place {
  const { x, y, ...size } = place;
  if (x === undefined || y === undefined) return size;
  const seen = areas.some(
    (area) =>
      overlap(x, place.width, area.x, area.width) >= grip.width &&
      overlap(y, grip.height, area.y, area.height) >= grip.height,
  );
  return seen ? place : size;
}
