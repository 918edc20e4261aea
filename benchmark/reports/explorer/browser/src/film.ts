// All accounts as dots that light up when they send requests: the recording as a film.

import type { App } from "./app";
import { painting } from "./canvas";
import { style } from "./colours";
import { choice, fill, h } from "./dom";
import { groupColour } from "./dimensions";
import { counted, moment } from "./format";
import { address } from "./route";

const LENGTH = 40_000;
const FADE = 5;
/** Frames after which a dot that lit up is dark again. */
const MOST_DOTS = 40_000;

export interface Film { element: HTMLElement; leave: () => void }

export function film(app: App): Film {
  const { world } = app, { about } = world, many = Math.min(world.accounts, MOST_DOTS);
  const created = world.column("account.created"), kinds = about.activity.kinds;
  // In the order of their groups, or else of their sign-ups.
  const order = Uint32Array.from({ length: world.accounts }, (_, a) => a).sort((a, b) =>
    (app.truth ? world.group(a) - world.group(b) : 0) || created[a] - created[b] || a - b).subarray(0, many);
  const colours = Array.from(order, (a) => (app.truth ? groupColour(world, world.group(a)) : style("accent")));
  const closed = bannedFrom(), flaggedFrom = alertedFrom();
  const byTime = { rows: null as Uint32Array | null };
  let at = app.window[0], playing = false, speed = 1, before = 0, frame = 0;
  const seen = new Float32Array(world.accounts).fill(-1e9);
  let cursor = 0;

  function bannedFrom(): Float64Array {
    const from = new Float64Array(world.accounts).fill(Infinity);
    const kind = world.column("activity.kind"), time = world.column("activity.time"), begin = world.activityBegin;
    const ban = kinds.indexOf("suspension"), back = kinds.indexOf("reinstatement");
    for (let a = 0; a < world.accounts; a++) for (let i = begin[a]; i < begin[a + 1]; i++) {
      if (kind[i] === ban) from[a] = time[i] * 1000;
      if (kind[i] === back && back >= 0) from[a] = Infinity;
    }
    return from;
  }
  function alertedFrom(): Float64Array {
    const from = new Float64Array(world.accounts).fill(Infinity);
    for (const one of world.detectors) if (!one.control)
      one.flagged.forEach((review, a) => { if (review >= 0) from[a] = Math.min(from[a], about.reviews[review] - about.start); });
    return from;
  }
  const rows = (): Uint32Array => byTime.rows ??= Uint32Array.from({ length: world.rows }, (_, i) => i)
    .sort((a, b) => world.time[a] - world.time[b]);
  function seek(ms: number): void {
    at = ms;
    seen.fill(-1e9);
    const order_ = rows();
    let low = 0, high = order_.length;
    while (low < high) { const mid = (low + high) >> 1; if (world.at(order_[mid]) < ms) low = mid + 1; else high = mid; }
    cursor = low;
    const step = stepOf();
    for (let i = cursor - 1; i >= 0 && world.at(order_[i]) > ms - FADE * step; i--)
      seen[world.owner[order_[i]]] = Math.max(seen[world.owner[order_[i]]], world.at(order_[i]));
  }
  const stepOf = () => (app.window[1] - app.window[0]) / (LENGTH / 16 / 4);

  const size = (width: number) => Math.max(3, Math.min(14, Math.floor(Math.sqrt(width * 260 / many))));
  const drawn = painting("Accounts as dots; lit while they send requests", () => {
    const width = drawn.element.clientWidth, dot = size(width);
    return Math.ceil(many / Math.max(1, Math.floor(width / dot))) * dot + 6;
  }, (c, width) => {
    const dot = size(width), across = Math.max(1, Math.floor(width / dot)), fade = FADE * stepOf();
    for (let n = 0; n < many; n++) {
      const a = order[n], x = n % across * dot, y = Math.floor(n / across) * dot;
      if (created[a] * 1000 > at) { c.globalAlpha = 0.35; c.fillStyle = style0.rule; c.fillRect(x + dot / 2 - 1, y + dot / 2 - 1, 1.5, 1.5); continue; }
      const lit = Math.max(0, 1 - (at - seen[a]) / fade);
      c.globalAlpha = closed[a] <= at ? 0.25 : 0.22 + 0.78 * lit;
      c.fillStyle = closed[a] <= at ? style0.ink : colours[n];
      c.fillRect(x, y, dot - 1, dot - 1);
      if (flaggedFrom[a] <= at) {
        c.globalAlpha = 1;
        c.strokeStyle = style0.ink;
        c.lineWidth = 1;
        c.strokeRect(x + 0.5, y + 0.5, dot - 2, dot - 2);
      }
    }
    c.globalAlpha = 1;
  });
  let style0 = { rule: style("soft"), ink: style("ink") };
  const clock = h("output", { class: "clock" });
  const play = h("button", { type: "button", class: "action", onclick: () => (playing ? stop() : start()) }, "Play");
  const slider = h("input", { type: "range", min: 0, max: 1000, step: 1, "aria-label": "moment of the film" });
  slider.addEventListener("input", () => {
    const [from, to] = app.window;
    seek(from + Number(slider.value) / 1000 * (to - from));
    show();
  });
  function show(): void {
    style0 = { rule: style("soft"), ink: style("ink") };
    const [from, to] = app.window;
    slider.value = String((at - from) / (to - from) * 1000);
    let open = 0, active = 0, alerted = 0, banned = 0;
    const fade = FADE * stepOf();
    for (let n = 0; n < many; n++) {
      const a = order[n];
      if (created[a] * 1000 <= at) open++;
      if (at - seen[a] < fade) active++;
      if (flaggedFrom[a] <= at) alerted++;
      if (closed[a] <= at) banned++;
    }
    const parts = [moment(about.start + at), counted(open, "account"), `${active} active`];
    if (world.detectors.length) parts.push(`${alerted} flagged`);
    if (banned) parts.push(`${banned} banned`);
    fill(clock, parts.join(" · "));
    drawn.redraw();
  }
  function start(): void {
    playing = true;
    fill(play, "Pause");
    const [from, to] = app.window;
    if (at >= to || at < from) at = from;
    seek(at);
    before = performance.now();
    frame = requestAnimationFrame(step);
  }
  function stop(): void { playing = false; fill(play, "Play"); cancelAnimationFrame(frame); }
  function step(now: number): void {
    if (!playing) return;
    const [from, to] = app.window, order_ = rows();
    at += Math.min(now - before, 100) / LENGTH * speed * (to - from);
    before = now;
    while (cursor < order_.length && world.at(order_[cursor]) <= at) { seen[world.owner[order_[cursor]]] = world.at(order_[cursor]); cursor++; }
    if (at >= to) { at = to; stop(); }
    show();
    if (playing) frame = requestAnimationFrame(step);
  }
  drawn.canvas.addEventListener("click", (event) => {
    const width = drawn.element.clientWidth, dot = size(width), across = Math.max(1, Math.floor(width / dot));
    const n = Math.floor(event.offsetY / dot) * across + Math.floor(event.offsetX / dot);
    if (n >= 0 && n < many && event.offsetX < across * dot) location.hash = address(["account", world.id[order[n]]]);
  });
  const element = h("section", { "aria-labelledby": "film" },
    h("div", { class: "bar" }, h("h2", { id: "film" }, "The film"), play,
      choice("speed", [["1", "40 seconds"], ["3", "13 seconds"], ["0.3", "2 minutes"]], "1", (v) => { speed = Number(v); })),
    h("p", { class: "small" }, `Each dot is an account, ${app.truth ? "by population and campaign" : "in the order of sign-up"}. It lights up when it sends requests; a frame means flagged by a detector, black means banned, a speck that it is not open yet. Press one to see the account.${world.accounts > many ? ` The first ${many} are drawn.` : ""}`),
    app.truth ? h("div", { class: "legend" }, world.groups.map((g, n) => h("span", { class: "key" }, h("i", { style: `background:${groupColour(world, n)}` }), g.name))) : null,
    h("div", { class: "sliders one" }, slider), clock, drawn.element);
  requestAnimationFrame(() => { seek(app.window[1]); show(); });
  return { element, leave: () => { stop(); drawn.leave(); } };
}
