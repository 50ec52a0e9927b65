import type { Settings } from '../../services/settings-file/settings.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type WindowBounds = NonNullable<Settings['window']>;

/** The smallest window that every screen fits into. */
export const minimumSize = { width: 960, height: 640 } as const;
const defaultSize = { width: 1280, height: 820 } as const;

/**
 * The bounds of a new window: the stored ones, moved and shrunk to fit into a connected display, or else the centre of the primary
 * display. `areas` are the displays' work areas, the primary one first.
 */
export function initialBounds(stored: WindowBounds | null, areas: readonly Rectangle[]): WindowBounds {
  const primary = areas[0] ?? { x: 0, y: 0, ...defaultSize };
  if (stored === null) {
    const size = clampSize(defaultSize, primary);
    return { ...centredIn(size, primary), ...size, maximised: false };
  }
  const area = areas.reduce(
    (best, candidate) => (overlap(stored, candidate) > overlap(stored, best) ? candidate : best),
    primary,
  );
  const size = clampSize(stored, area);
  if (overlap(stored, area) === 0) return { ...centredIn(size, area), ...size, maximised: stored.maximised };
  return {
    x: clamp(stored.x, area.x, area.x + area.width - size.width),
    y: clamp(stored.y, area.y, area.y + area.height - size.height),
    ...size,
    maximised: stored.maximised,
  };
}

const clamp = (value: number, low: number, high: number): number =>
  Math.round(Math.max(low, Math.min(value, high)));

const clampSize = (size: { readonly width: number; readonly height: number }, area: Rectangle) => ({
  width: Math.max(minimumSize.width, Math.min(size.width, area.width)),
  height: Math.max(minimumSize.height, Math.min(size.height, area.height)),
});

const centredIn = (size: { readonly width: number; readonly height: number }, area: Rectangle) => ({
  x: Math.max(area.x, Math.round(area.x + (area.width - size.width) / 2)),
  y: Math.max(area.y, Math.round(area.y + (area.height - size.height) / 2)),
});

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
