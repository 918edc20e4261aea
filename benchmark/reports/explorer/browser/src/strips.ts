// Accounts as rows and their requests as ticks in time, coloured by what they share: lockstep stands
// out as columns, hand-over as a colour that goes from row to row, rotation as colours that change.

import type { App } from "./app";
import { painting } from "./canvas";
import { categorical, grey, MOST_COLOURS, quiet, style } from "./colours";
import { choice, fill, h } from "./dom";
import { count, counted, moment } from "./format";
import { address, route, set } from "./route";
import { axis } from "./time_axis";

const MOST_ROWS = 400;
const TOP = 6;
const BOTTOM = 22;
const OWN = -1;
const REST = -2;

interface Shades { code: (row: number) => number; names: Map<number, string>; many: Map<number, number>; colour: Map<number, number> }

const THINGS: [string, string, string, string | null][] = [
  ["address", "address", "address", null], ["block", "address block", "address", "addresses.prefix"], ["client", "client", "client", null],
  ["tls", "TLS fingerprint", "client", "clients.tls"], ["model", "model", "model", null], ["topic", "topic", "topic", null], ["key", "key", "key", null], ["status", "status", "status", null],
];

export interface Strips { element: HTMLElement; leave: () => void }

export function strips(app: App, given: number[]): Strips {
  const { world } = app, { about } = world;
  const requests = world.column("account.requests"), created = world.column("account.created");
  const asked = () => route().settings.get("colour") ?? "address";
  const sorting = () => route().settings.get("rows") ?? "thing";
  let only: number | null = null, rows: number[] = [], shades: Shades;
  const held = given.length > MOST_ROWS ? [...given].sort((a, b) => requests[b] - requests[a]).slice(0, MOST_ROWS) : [...given];
  const said = h("p", { class: "small", "aria-live": "polite" });
  const legend = h("div", { class: "legend", role: "group", "aria-label": "What ticks are coloured by" });

  function shade(): Shades {
    const [, , column, via] = THINGS.find(([key]) => key === asked()) ?? THINGS[0];
    const values = world.column(`request.${column}`), through = via ? world.column(via) : null;
    const code = (row: number) => (through ? through[values[row]] : values[row]);
    const users = new Map<number, Set<number>>(), many = new Map<number, number>();
    for (const a of held) for (let i = world.begin[a]; i < world.begin[a + 1]; i++) {
      const c = code(i);
      many.set(c, (many.get(c) ?? 0) + 1);
      const of = users.get(c);
      if (of) of.add(a); else users.set(c, new Set([a]));
    }
    const shared = [...users].filter(([, of]) => of.size > 1).sort((a, b) => b[1].size - a[1].size || (many.get(b[0]) ?? 0) - (many.get(a[0]) ?? 0));
    const colour = new Map<number, number>(), names = new Map<number, string>();
    shared.forEach(([c, of], n) => {
      colour.set(c, n < MOST_COLOURS ? n : REST);
      if (n < MOST_COLOURS) names.set(c, `${label(column, via, c)} (${counted(of.size, "account")})`);
    });
    return { code, names, many, colour };
  }
  function label(column: string, via: string | null, code: number): string {
    if (via) { const [table, name] = via.split("."); return about.entity[table][name][code] ?? "none"; }
    if (column === "address") return world.label("addresses", code);
    if (column === "client") return world.label("clients", code);
    if (column === "model" || column === "topic") return about.request.names[column][code];
    return column === "key" ? `key ${code}` : String(code);
  }

  function order(): number[] {
    const first = (a: number) => (world.begin[a] < world.begin[a + 1] ? world.at(world.begin[a]) : Infinity);
    if (sorting() === "sign-up") return [...held].sort((a, b) => created[a] - created[b]);
    if (sorting() === "first") return [...held].sort((a, b) => first(a) - first(b));
    if (sorting() === "requests") return [...held].sort((a, b) => requests[b] - requests[a]);
    // By the coloured thing that an account uses most, so that those who share it are neighbours.
    const main = (a: number): number => {
      const many = new Map<number, number>();
      for (let i = world.begin[a]; i < world.begin[a + 1]; i++) {
        const c = shades.colour.get(shades.code(i));
        if (c !== undefined && c >= 0) many.set(c, (many.get(c) ?? 0) + 1);
      }
      let best = MOST_COLOURS, most = 0;
      for (const [c, n] of many) if (n > most) { best = c; most = n; }
      return best;
    };
    const mains = new Map(held.map((a) => [a, main(a)]));
    return [...held].sort((a, b) => (mains.get(a) ?? 0) - (mains.get(b) ?? 0) || first(a) - first(b));
  }

  const row = () => Math.max(4, Math.min(18, Math.floor(560 / Math.max(rows.length, 1))));
  const gutter = (width: number) => (row() >= 11 && width > 560 ? 130 : 6);
  const drawn = painting("Requests of the group's accounts over time, one row each", () => TOP + rows.length * row() + BOTTOM, (c, width) => {
    const [from, to] = app.window, tall = row(), left = gutter(width), inner = width - left - 6;
    axis(c, about.start + from, about.start + to, left, inner, TOP + rows.length * tall + 2, TOP, style("rule"), style("soft"));
    c.textBaseline = "middle";
    rows.forEach((a, n) => {
      const y = TOP + n * tall;
      if (left > 20) { c.fillStyle = style("soft"); c.font = '11px system-ui, "Segoe UI", "Noto Sans", sans-serif'; c.fillText(short(world.name(a), 19), 2, y + tall / 2); }
      const born = created[a] * 1000;
      c.fillStyle = style("rule");
      if (born > from && born < to) c.fillRect(left + (born - from) / (to - from) * inner, y + tall / 2, Math.max(0, inner - (born - from) / (to - from) * inner), 0.7);
    });
    const wide = rows.length > 120 ? 1 : 1.6;
    // Unshared ones first, so that what is shared lies on top.
    for (const layer of [0, 1]) rows.forEach((a, n) => {
      const y = TOP + n * tall;
      for (let i = world.begin[a]; i < world.begin[a + 1]; i++) {
        const ms = world.at(i);
        if (ms < from || ms > to) continue;
        const code = shades.code(i), colour = shades.colour.get(code) ?? OWN;
        if ((colour >= 0 ? 1 : 0) !== layer) continue;
        const faint = only !== null && colour !== only;
        c.fillStyle = faint ? quiet() : colour >= 0 ? categorical(colour) : colour === REST ? grey() : quiet();
        c.fillRect(left + (ms - from) / (to - from) * inner - wide / 2, y + 0.5, wide, tall - 1);
      }
    });
    if (drag) {
      c.fillStyle = style("accent");
      c.globalAlpha = 0.2;
      c.fillRect(Math.min(drag[0], drag[1]), TOP, Math.abs(drag[1] - drag[0]), rows.length * tall);
      c.globalAlpha = 1;
    }
  });

  let drag: [number, number] | null = null, pressed = false;
  const { canvas } = drawn;
  const ms = (x: number) => {
    const [from, to] = app.window, left = gutter(canvas.clientWidth);
    return from + (x - left) / (canvas.clientWidth - left - 6) * (to - from);
  };
  const rowAt = (y: number) => rows[Math.floor((y - TOP) / row())];
  canvas.addEventListener("pointerdown", (e) => { if (e.pointerType !== "touch") { pressed = true; drag = [e.offsetX, e.offsetX]; canvas.setPointerCapture(e.pointerId); } });
  canvas.addEventListener("pointermove", (e) => {
    if (pressed && drag) { drag[1] = e.offsetX; drawn.redraw(); return; }
    const a = rowAt(e.offsetY);
    if (a === undefined) return;
    const [from, to] = app.window, near = (to - from) / canvas.clientWidth * 4, at = ms(e.offsetX);
    let found = -1;
    for (let i = world.begin[a]; i < world.begin[a + 1]; i++) if (Math.abs(world.at(i) - at) < near) { found = i; break; }
    const [, , column, via] = THINGS.find(([key]) => key === asked()) ?? THINGS[0];
    fill(said, `${world.name(a)}, ${moment(about.start + at)}`, found >= 0 ? `: ${label(column, via, shades.code(found))}` : "");
  });
  canvas.addEventListener("pointerup", (e) => {
    const moved = drag ? Math.abs(drag[1] - drag[0]) : 0;
    const ends = drag ? [ms(Math.min(...drag)), ms(Math.max(...drag))] : null;
    drag = null;
    pressed = false;
    if (moved > 5 && ends) { app.setWindow(Math.max(0, ends[0]), Math.min(world.span, ends[1])); tell(); drawn.redraw(); return; }
    const a = rowAt(e.offsetY);
    if (a !== undefined) location.hash = address(["account", world.id[a]]);
  });

  function tell(): void {
    const [from, to] = app.window, whole = from <= 0 && to >= world.span;
    fill(said, whole ? "Draw from left to right to look closer; press a row to see the account." : `${moment(about.start + from)} to ${moment(about.start + to)} `,
      whole ? null : h("button", { type: "button", class: "link", onclick: () => { app.setWindow(0, world.span); tell(); drawn.redraw(); } }, "show all"));
  }
  function drawLegend(): void {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.code : undefined;
    const own = [...shades.many.keys()].filter((c) => !shades.colour.has(c)).length;
    const rest = [...shades.colour.values()].filter((c) => c === REST).length;
    fill(legend, [...shades.names].map(([code, name]) => {
      const colour = shades.colour.get(code) ?? 0;
      return h("button", { type: "button", class: "chip", "aria-pressed": only === colour, "data-code": colour,
        title: "Show this one alone", onclick: () => { only = only === colour ? null : colour; drawLegend(); drawn.redraw(); } },
      h("i", { style: `background:${categorical(colour)}` }), name, h("b", {}, count(shades.many.get(code) ?? 0)));
    }), rest ? h("span", { class: "key" }, h("i", { style: `background:${grey()}` }), `${count(rest)} more that are shared`) : null,
    own ? h("span", { class: "key" }, h("i", { style: `background:${quiet()}` }), `${count(own)} of one account alone`) : null,
    shades.names.size === 0 ? h("span", { class: "small" }, "Nothing of this kind is shared by two of these accounts.") : null);
    if (before !== undefined) legend.querySelector<HTMLElement>(`[data-code="${before}"]`)?.focus();
  }
  function update(): void {
    const begun = performance.now();
    only = null;
    shades = shade();
    rows = order();
    drawLegend();
    tell();
    drawn.redraw();
    performance.measure("strips", { start: begun, end: performance.now() });
  }
  const missing = about.missing.requests ?? [];
  const element = h("div", {},
    h("div", { class: "bar" },
      choice("coloured by", THINGS.filter(([, , column]) => !missing.includes(column)).map(([key, name]) => [key, name]), asked(), (v) => { set({ colour: v }); update(); }),
      choice("rows by", [["thing", "what they share"], ["first", "first request"], ["sign-up", "sign-up"], ["requests", "requests"]], sorting(), (v) => { set({ rows: v }); update(); })),
    held.length < given.length ? h("p", { class: "small" }, `The ${count(held.length)} accounts with the most requests of ${count(given.length)}.`) : null,
    said, h("div", { class: "strips" }, drawn.element), legend);
  shades = shade();
  update();
  return { element, leave: drawn.leave };
}

function short(text: string, most: number): string { return text.length > most ? `${text.slice(0, most - 1)}…` : text; }
