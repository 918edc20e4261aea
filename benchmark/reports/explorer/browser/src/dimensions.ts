// What requests are told apart by: a code for each request, with a name and a colour for each code.

import { categorical, grey, legitimate, MOST_COLOURS, sham } from "./colours";
import { count } from "./format";
import type { World } from "./world";

export interface Dimension {
  key: string; label: string; names: string[]; codes: Uint8Array;
  colour: (code: number) => string;
  /** Requests held of each code. */
  many: number[];
}

const SAMPLE: [string, string][] = [
  ["model", "model"], ["outcome", "outcome"], ["endpoint", "endpoint"], ["topic", "topic"],
  ["plan", "plan"], ["country", "country"],
];
const kept = new Map<string, Dimension>();

/** What there is to choose from, by key and name. */
export function dimensions(world: World, truth: boolean): [string, string][] {
  const missing = world.about.missing.requests ?? [], lacking = world.about.missing.accounts ?? [];
  const found = SAMPLE.filter(([key]) => !missing.includes(key === "outcome" ? "status" : key) && !lacking.includes(key));
  if (truth) found.unshift(["group", "population and campaign"], ["campaign", "campaign"], ["abusive", "abusive or not"]);
  for (const one of world.detectors) if (!one.control) found.push([`by-${one.name}`, `flagged by ${one.name}`]);
  return found;
}

export function dimension(world: World, key: string): Dimension {
  const known = kept.get(key) ?? make(world, key);
  kept.set(key, known);
  return known;
}

function make(world: World, key: string): Dimension {
  const rows = world.rows, codes = new Uint8Array(rows);
  if (key === "group" || key === "campaign") return groups(world, key, codes);
  if (key === "abusive") {
    for (let i = 0; i < rows; i++) codes[i] = world.flag(i) ? 1 : 0;
    const colour = (c: number) => (c === 1 ? sham(0) : legitimate(0));
    return finish(key, "abusive or not", ["not abusive", "abusive"], codes, colour);
  }
  if (key.startsWith("by-")) {
    const one = world.detectors.find((d) => `by-${d.name}` === key) ?? world.detectors[0];
    for (let i = 0; i < rows; i++) codes[i] = one.flagged[world.owner[i]] >= 0 ? 1 : 0;
    const colour = (c: number) => (c === 1 ? sham(0) : legitimate(0));
    return finish(key, `flagged by ${one.name}`, ["accounts not flagged", "accounts flagged"], codes, colour);
  }
  if (key === "outcome") {
    const status = world.column("request.status");
    for (let i = 0; i < rows; i++) codes[i] = status[i] === 200 ? 0 : status[i] === 429 ? 1 : status[i] < 500 ? 2 : 3;
    return ranked(key, key, ["served", "over the limit (429)", "refused", "server error"], codes, false);
  }
  if (key === "plan" || key === "country") {
    const of = world.column(`account.${key}`), names = world.about.account.names[key];
    const raw = new Uint16Array(rows);
    for (let i = 0; i < rows; i++) raw[i] = of[world.owner[i]] < 0 ? names.length : of[world.owner[i]];
    return ranked(key, key, [...names, "not known"], raw, true);
  }
  return ranked(key, key, world.about.request.names[key], world.column(`request.${key}`), true);
}

function groups(world: World, key: string, codes: Uint8Array): Dimension {
  const honest = world.column("truth.honest"), own = world.column("truth.sham");
  const from = world.column("truth.from"), until = world.column("truth.until");
  const campaigns = world.groups.map((g, n) => [g, n] as const).filter(([g]) => g.sham).map(([, n]) => n);
  const only = key === "campaign";
  const names = only ? ["legitimate", ...campaigns.map((n) => world.groups[n].name)] : world.groups.map((g) => g.name);
  const codeOf = world.groups.map((_, n) => (only ? campaigns.indexOf(n) + 1 : Math.min(n, 254)));
  for (let a = 0; a < world.accounts; a++) {
    for (let i = world.begin[a]; i < world.begin[a + 1]; i++) {
      const second = world.at(i) / 1000;
      codes[i] = codeOf[second >= from[a] && second < until[a] ? own[a] : honest[a]];
    }
  }
  return finish(key, only ? "campaign" : "population and campaign", names, codes,
    (c) => (only ? (c === 0 ? legitimate(0) : sham(c - 1)) : groupColour(world, c)));
}

/** The colour of a population or campaign, the same everywhere. */
export function groupColour(world: World, group: number): string {
  const one = world.groups[group];
  if (!one) return grey();
  let before = 0;
  for (let n = 0; n < group; n++) if (world.groups[n].sham === one.sham) before++;
  return one.sham ? sham(before) : legitimate(before);
}

/** The most frequent ones keep their names, the rest become one. */
function ranked(key: string, label: string, names: string[], raw: ArrayLike<number>, sort: boolean): Dimension {
  const many = new Float64Array(names.length);
  for (let i = 0; i < raw.length; i++) many[raw[i]]++;
  let order = [...names.keys()].filter((n) => many[n] > 0);
  if (sort) order.sort((a, b) => many[b] - many[a]);
  const rest = order.length > MOST_COLOURS ? order.slice(MOST_COLOURS - 1) : [];
  if (rest.length) order = order.slice(0, MOST_COLOURS - 1);
  const code = new Uint8Array(names.length).fill(order.length);
  order.forEach((n, c) => { code[n] = c; });
  const codes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) codes[i] = code[raw[i]];
  const shown = order.map((n) => names[n]);
  if (rest.length) shown.push(`${count(rest.length)} others`);
  return finish(key, label, shown, codes, (c) => (rest.length && c === order.length ? grey() : categorical(c)));
}

function finish(
  key: string, label: string, names: string[], codes: Uint8Array, colour: (code: number) => string,
): Dimension {
  const many = names.map(() => 0);
  for (const code of codes) many[code]++;
  return { key, label, names, codes, colour, many };
}
