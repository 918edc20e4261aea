// Round moments between two, for axes.

import { day, moment } from "./format";

const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000].map((s) => s * 1000);

/** Round moments (ms since 1970) from `from` to `to`, at most `most`, each with its label. */
export function ticks(from: number, to: number, most: number): [number, string][] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? (to - from) / most;
  const found: [number, string][] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    const clock = moment(t, step < 60_000).split(" ").pop() ?? "";
    found.push([t, step >= 86_400_000 || t % 86_400_000 === 0 ? day(t) : clock]);
  }
  return found;
}

/** Draws the axis at height `y`, and faint lines up to `top`. */
export function axis(
  c: CanvasRenderingContext2D, from: number, to: number, left: number, width: number, y: number,
  top: number, rule: string, ink: string,
): void {
  c.strokeStyle = rule;
  c.lineWidth = 1;
  c.fillStyle = ink;
  c.textAlign = "center";
  for (const [t, label] of ticks(from, to, Math.max(2, width / 80))) {
    const x = Math.round(left + (t - from) / (to - from) * width) + 0.5;
    c.beginPath();
    c.moveTo(x, top);
    c.lineTo(x, y);
    c.stroke();
    const half = c.measureText(label).width / 2;
    c.fillText(label, Math.min(Math.max(x, half), left + width - half), y + 9);
  }
  c.textAlign = "left";
}
