// One account's life as tracks over time.

import type { App } from "./app";
import { cut, painting, type Painting } from "./canvas";
import { categorical, grey, MOST_COLOURS, style } from "./colours";
import { h } from "./dom";
import { words } from "./format";
import { axis } from "./time_axis";

const KINDS: [string, string[]][] = [
  ["sign-up", ["email_verification_requested", "email_verified", "phone_verification_requested", "phone_verified", "referral", "trial_grant"]],
  ["log-ins", ["login", "login_failed", "password_reset_requested", "password_changed"]],
  ["keys", ["key_created", "key_revoked"]],
  ["payments", ["card_added", "charge", "decline", "refund", "chargeback", "plan_change", "trial_expired", "trial_exhausted"]],
  ["flags and reports", ["policy_flag", "user_report"]],
  ["responses", ["challenge", "challenge_passed", "throttle", "suspension", "appeal", "reinstatement"]],
];
const BAD = new Set(["login_failed", "decline", "chargeback", "suspension", "trial_exhausted", "policy_flag", "user_report", "key_revoked"]);
const ROW = 34;
const TOP = 8;

export interface Coloured { name: string; code: number; colour: string; many: number }

/** The most used values of a column in some rows, each with a colour. */
export function coloured(values: ArrayLike<number>, rows: Iterable<number>, label: (code: number) => string): Map<number, Coloured> {
  const many = new Map<number, number>();
  for (const i of rows) many.set(values[i], (many.get(values[i]) ?? 0) + 1);
  const order = [...many].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return new Map(order.map(([code, n], at) => [code, {
    name: label(code), code, many: n, colour: at < MOST_COLOURS ? categorical(at) : grey(),
  }]));
}

export function tracks(app: App, account: number): { painting: Painting; legends: HTMLElement[] } {
  const { world } = app, { about } = world;
  const rows = Array.from({ length: world.begin[account + 1] - world.begin[account] }, (_, n) => world.begin[account] + n);
  const addresses = coloured(world.column("request.address"), rows, (c) => world.label("addresses", c));
  const models = coloured(world.column("request.model"), rows, (c) => about.request.names.model[c]);
  const kind = world.column("activity.kind"), time = world.column("activity.time");
  const events: { lane: string; marks: [number, string][] }[] = KINDS.map(([lane]) => ({ lane, marks: [] }));
  const laneOf = new Map(KINDS.flatMap(([, names], n) => names.map((name) => [about.activity.kinds.indexOf(name), n] as const)));
  for (let i = world.activityBegin[account]; i < world.activityBegin[account + 1]; i++) {
    const lane = laneOf.get(kind[i]);
    if (lane !== undefined) events[lane].marks.push([time[i] * 1000, about.activity.kinds[kind[i]]]);
  }
  const created = world.column("account.created")[account] * 1000;
  events[0].marks.push([created, "opened"]);
  const flagged = world.detectors.filter((d) => !d.control && d.flagged[account] >= 0)
    .map((d) => [about.reviews[d.flagged[account]] - about.start, d.name] as [number, string]);
  if (world.detectors.length) events.push({ lane: "flagged by detectors", marks: flagged });
  const used = events.filter((e) => e.marks.length || e.lane === "sign-up");
  const lanes: { name: string; draw: (c: CanvasRenderingContext2D, x: (ms: number) => number, y: number) => void }[] = [];
  const requests = (name: string, column: string, colours: Map<number, Coloured>) => lanes.push({
    name, draw: (c, x, y) => {
      const values = world.column(column);
      for (const i of rows) {
        const at = x(world.at(i));
        if (at < 0) continue;
        c.fillStyle = colours.get(values[i])?.colour ?? grey();
        c.globalAlpha = 0.8;
        c.fillRect(at - 0.75, y + 4, 1.5, ROW - 10);
      }
      c.globalAlpha = 1;
    },
  });
  const mark = (entry: (typeof used)[number]) => lanes.push({
    name: entry.lane, draw: (c, x, y) => {
      for (const [ms, name] of entry.marks) {
        const at = x(ms);
        if (at < 0) continue;
        const bad = BAD.has(name) || entry.lane === "flagged by detectors";
        c.fillStyle = bad ? categorical(3) : categorical(0);
        c.beginPath();
        if (bad) { c.moveTo(at, y + 8); c.lineTo(at + 5, y + ROW - 12); c.lineTo(at - 5, y + ROW - 12); } else c.arc(at, y + ROW / 2 - 2, 4, 0, 7);
        c.fill();
      }
    },
  });
  const [signUp, ...others] = used;
  mark(signUp);
  requests("requests by address", "request.address", addresses);
  requests("requests by model", "request.model", models);
  others.forEach(mark);
  const drawn = painting(`The life of ${world.name(account)} as ${lanes.length} tracks; the tables below hold the same`, () => TOP + lanes.length * ROW + 22, (c, width) => {
    const [from, to] = app.window, left = width < 560 ? 4 : 150, inner = width - left - 8;
    const x = (ms: number) => (ms < from || ms > to ? -1 : left + (ms - from) / (to - from) * inner);
    axis(c, about.start + from, about.start + to, left, inner, TOP + lanes.length * ROW + 4, TOP, style("rule"), style("soft"));
    lanes.forEach((lane, n) => {
      const y = TOP + n * ROW;
      c.fillStyle = style("rule");
      c.fillRect(left, y + ROW - 5, inner, 1);
      lane.draw(c, x, y);
      c.fillStyle = style("ink");
      if (left > 4) c.fillText(cut(c, lane.name, left - 10), 2, y + ROW / 2 - 2);
      else {
        c.globalAlpha = 0.85;
        c.fillStyle = style("card");
        c.fillRect(4, y, c.measureText(lane.name).width + 6, 14);
        c.globalAlpha = 1;
        c.fillStyle = style("soft");
        c.fillText(lane.name, 6, y + 7);
      }
    });
  });
  const legend = (title: string, of: Map<number, Coloured>) => {
    const shown = [...of.values()].slice(0, MOST_COLOURS), rest = of.size - shown.length;
    return h("div", { class: "legend" }, h("span", { class: "small" }, title),
      shown.map((one) => h("span", { class: "key" }, h("i", { style: `background:${one.colour}` }), one.name, h("b", {}, one.many))),
      rest > 0 ? h("span", { class: "key" }, h("i", { style: `background:${grey()}` }), `${rest} more`) : null);
  };
  return { painting: drawn, legends: rows.length ? [legend("addresses", addresses), legend("models", models)] : [] };
}

/** The events of an account, in words, the newest last. */
export function events(app: App, account: number): [number, string, string][] {
  const { world } = app, { about } = world, found: [number, string, string][] = [];
  const kind = world.column("activity.kind"), time = world.column("activity.time"), amount = world.column("activity.amount");
  const tables: [string, string][] = [["card", "cards"], ["phone", "phones"], ["device", "devices"], ["address", "addresses"]];
  found.push([world.column("account.created")[account] * 1000, "account opened", ""]);
  for (let i = world.activityBegin[account]; i < world.activityBegin[account + 1]; i++) {
    const parts: string[] = [];
    if (!Number.isNaN(amount[i])) parts.push(`$${amount[i].toFixed(2)}`);
    for (const [name, table] of tables) {
      const code = world.column(`activity.${name}`)[i];
      if (code >= 0) parts.push(`${name} ${world.label(table, code)}`);
    }
    const peer = world.column("activity.peer")[i];
    if (peer >= 0) parts.push(`invited by ${world.name(peer)}`);
    found.push([time[i] * 1000, words(about.activity.kinds[kind[i]]), parts.join(", ")]);
  }
  if (app.truth) for (const [place, t, action, cause] of about.truth?.responses ?? [])
    if (place === account) found.push([t - about.start, `${action} (truth)`, cause]);
  return found.sort((a, b) => a[0] - b[0]);
}
