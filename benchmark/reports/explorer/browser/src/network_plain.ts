// The network without WebGL: dots and lines on a canvas, to move and to zoom.

import type { App } from "./app";
import { painting } from "./canvas";
import { style } from "./colours";
import { h } from "./dom";
import { look, type Network } from "./network";

export function plainNetwork(app: App, by: string): Network {
  const { world } = app, x = world.column("network.x"), y = world.column("network.y");
  const from = world.column("network.from"), to = world.column("network.to");
  const said = h("p", { class: "small network-said" });
  let now = by, zoom = 1, left = 0, top = 0, colours = paint();
  function paint(): string[] { return Array.from(x, (_, n) => look(app, n, now).colour); }
  const scale = (w: number, h_: number) => Math.min(w, h_) / 2 / 33000 * zoom;
  const drawn = painting("Network of accounts and the things that they share; the lists below have the same groups", () => Math.max(320, Math.min(innerHeight * 0.65, 620)), (c, w, tall) => {
    const k = scale(w, tall), X = (n: number) => w / 2 + left + x[n] * k, Y = (n: number) => tall / 2 + top - y[n] * k;
    c.strokeStyle = style("rule");
    c.lineWidth = 0.7;
    c.beginPath();
    for (let i = 0; i < from.length; i++) { c.moveTo(X(from[i]), Y(from[i])); c.lineTo(X(to[i]), Y(to[i])); }
    c.stroke();
    const accounts = world.column("network.account").length, size = Math.min(2 + zoom, 6);
    for (let n = x.length - 1; n >= 0; n--) {
      c.fillStyle = colours[n];
      const r = n < accounts ? size : size * 0.6;
      c.fillRect(X(n) - r / 2, Y(n) - r / 2, r, r);
    }
  });
  const { canvas } = drawn;
  const nearest = (e: MouseEvent) => {
    const w = canvas.clientWidth, tall = canvas.clientHeight, k = scale(w, tall);
    let best = -1, least = 64;
    for (let n = 0; n < x.length; n++) {
      const dx = w / 2 + left + x[n] * k - e.offsetX, dy = tall / 2 + top - y[n] * k - e.offsetY;
      if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = n; }
    }
    return best;
  };
  let moving: [number, number] | null = null, moved = false;
  canvas.addEventListener("pointerdown", (e) => { moving = [e.clientX, e.clientY]; moved = false; });
  canvas.addEventListener("pointermove", (e) => {
    if (moving) {
      if (Math.abs(e.clientX - moving[0]) + Math.abs(e.clientY - moving[1]) > 2) moved = true;
      left += e.clientX - moving[0]; top += e.clientY - moving[1];
      moving = [e.clientX, e.clientY];
      drawn.redraw();
    } else { const n = nearest(e); said.textContent = n < 0 ? "" : look(app, n, now).label; }
  });
  canvas.addEventListener("pointerup", (e) => {
    moving = null;
    const n = moved ? -1 : nearest(e);
    if (n >= 0) location.hash = look(app, n, now).href.slice(1);
  });
  canvas.addEventListener("pointerleave", () => { moving = null; });
  canvas.addEventListener("wheel", (e) => {
    e.preventDefault();
    const by_ = Math.exp(-e.deltaY / 400), cx = e.offsetX - canvas.clientWidth / 2, cy = e.offsetY - canvas.clientHeight / 2;
    zoom *= by_;
    left = cx - (cx - left) * by_;
    top = cy - (cy - top) * by_;
    drawn.redraw();
  }, { passive: false });
  return { element: h("div", { class: "network plain" }, drawn.element, said), kind: "canvas", leave: drawn.leave,
    colour: (next) => { now = next; colours = paint(); drawn.redraw(); } };
}
