// Requests counted by time and code.

import type { World } from "./world";

const STEPS = [1, 5, 15, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 7 * 86400].map((s) => s * 1000);

/** Length of a bin, ms, so that at most `most` cover a time. */
export function binLength(ms: number, most: number): number {
  return STEPS.find((step) => ms / step <= most) ?? Math.ceil(ms / most);
}

export interface Histogram { from: number; step: number; bins: number; counts: Float64Array[] }

/** Counts by code in bins from `from` to `to` (ms from the start); hidden codes are left out. */
export function histogram(
  world: World, codes: Uint8Array, names: number, from: number, to: number, most: number,
): Histogram {
  const step = binLength(to - from, most);
  // Bins begin at round moments of the day.
  const first = Math.floor((world.about.start + from) / step) * step - world.about.start;
  const bins = Math.max(1, Math.ceil((to - first) / step));
  const flat = new Float64Array(bins * names);
  const { time, unit } = world, low = from / unit, high = to / unit, per = unit / step, shift = first / step;
  const weight = 1 / world.about.share;
  for (let i = 0; i < time.length; i++) {
    const t = time[i];
    if (t >= low && t < high) flat[codes[i] * bins + Math.floor(t * per - shift)] += weight;
  }
  const counts = Array.from({ length: names }, (_, code) => flat.subarray(code * bins, (code + 1) * bins));
  return { from: first, step, bins, counts };
}
