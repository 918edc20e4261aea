// A detector's highest score so far of one account, review by review.

import type { App } from "./app";
import { painting, type Painting } from "./canvas";
import { categorical, style } from "./colours";
import type { Detector } from "./world";

export function scoreChart(app: App, detector: Detector, account: number): Painting {
  const { about, span } = app.world, points: [number, number][] = [];
  for (let i = detector.begin[account]; i < detector.begin[account + 1]; i++)
    points.push([about.reviews[detector.review[i]] - about.start, detector.rise[i]]);
  return painting(`Scores of ${detector.name} over time`, () => 74, (c, width, height) => {
    const values = points.map(([, v]) => v).filter((v) => v > -1e300);
    if (detector.threshold !== null) values.push(detector.threshold);
    const low = Math.min(...values, 0), high = Math.max(...values), room = high - low || 1;
    const x = (ms: number) => 2 + ms / span * (width - 4), y = (v: number) => height - 6 - (Math.max(v, low) - low) / room * (height - 14);
    c.strokeStyle = style("rule");
    c.strokeRect(0.5, 0.5, width - 1, height - 1);
    if (detector.threshold !== null) {
      c.strokeStyle = style("soft");
      c.setLineDash([5, 4]);
      c.beginPath();
      c.moveTo(2, y(detector.threshold));
      c.lineTo(width - 2, y(detector.threshold));
      c.stroke();
      c.setLineDash([]);
    }
    c.strokeStyle = detector.flagged[account] >= 0 ? categorical(3) : categorical(0);
    c.lineWidth = 2;
    c.beginPath();
    points.forEach(([ms, v], n) => {
      if (n === 0) c.moveTo(x(ms), y(v)); else { c.lineTo(x(ms), y(points[n - 1][1])); c.lineTo(x(ms), y(v)); }
    });
    if (points.length) c.lineTo(x(span), y(points[points.length - 1][1]));
    c.stroke();
    c.lineWidth = 1;
    c.fillStyle = c.strokeStyle;
    for (const [ms, v] of points) c.fillRect(x(ms) - 2, y(v) - 2, 4, 4);
  });
}
