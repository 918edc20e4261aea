// The first page: what is in the file, the board, and where to go from there.

import { groupName } from "./accounts";
import type { App, View } from "./app";
import { fill, h, table } from "./dom";
import { count, counted, date, duration, percent, short } from "./format";
import { address } from "./route";

export function overview(app: App, into: HTMLElement): View {
  const { world } = app, { about } = world, truth = app.truth ? about.truth : null;
  const facts: [string, string][] = [["accounts", count(about.accounts)], ["requests", count(about.requests)], ["time", duration(world.span)], ["from", date(about.start)]];
  let shams = 0;
  for (let a = 0; a < world.accounts; a++) if (world.isSham(a)) shams++;
  if (truth) facts.push(["of the accounts sham", `${count(shams)} (${percent(shams / Math.max(world.accounts, 1))})`]);
  const title = about.truth?.title ?? "A recording";
  const ways: [string, string, string][] = [
    ["time", "Time line", "When what happened, and the whole as a film."],
    ["accounts", "Accounts", "Search and sort; then one account's life, scores and neighbours."],
    ["groups", "Groups", "Who shares what with whom, and who acts in step."],
  ];
  if (world.detectors.length) ways.push(["disagreement", "Disagreement", "What one detector finds and another does not."]);
  fill(into,
    h("section", { "aria-labelledby": "title" }, h("h1", { id: "title" }, title),
      truth ? h("p", { class: "about" }, truth.summary) : null,
      truth?.note ? h("p", { class: "caution" }, truth.note) : null,
      h("dl", { class: "facts" }, facts.map(([k, v]) => h("div", {}, h("dt", {}, k), h("dd", {}, v)))),
      about.share < 1 ? h("p", { class: "caution" }, `This file holds a sample: ${count(about.held)} of ${counted(about.requests, "request")}, chosen evenly. Counts of accounts are of all requests; counts over time are estimates.`) : null,
      h("div", { class: "ways" }, ways.map(([path, name, said]) => h("a", { class: "way", href: address([path]) }, h("b", {}, name), h("span", {}, said)))),
      about.truth && !truth ? h("p", { class: "sealed" }, "The truth is in this file and hidden: look for yourself first, then reveal it above.") : null,
      !about.truth ? h("p", { class: "sealed" }, "The truth is not in this file.") : null),
    board(app), campaigns(app), settings(app));
  return { title: "Overview" };
}

function board(app: App): HTMLElement | null {
  const { world } = app;
  if (!world.detectors.length) return null;
  const heads: (string | [string, "number"])[] = ["detector", ["flagged", "number"]];
  if (app.truth) heads.push(["of them sham", "number"], ["of sham accounts", "number"], ["of legitimate ones", "number"], ["damage after the flag", "number"]);
  heads.push("what it does");
  let shams = 0;
  for (let a = 0; a < world.accounts; a++) if (world.isSham(a)) shams++;
  const prevented = app.truth ? world.detectors.map((d) => damageAfter(app, d.flagged)) : [];
  const rows = world.detectors.map((d, n) => {
    let right = 0;
    for (let a = 0; a < world.accounts; a++) if (d.flagged[a] >= 0 && world.isSham(a)) right++;
    const row: (string | Node)[] = [h("span", {}, h("a", { href: address(["accounts"], { flagged: d.name }) }, d.name), d.control ? h("small", {}, "control") : ""), count(d.alerts)];
    if (app.truth) row.push(percent(d.alerts ? right / d.alerts : NaN), percent(shams ? right / shams : NaN), percent((d.alerts - right) / Math.max(world.accounts - shams, 1)), percent(prevented[n]));
    return [...row, h("span", { class: "small" }, d.about)];
  });
  const seed = world.about.seed !== null ? ` (seed ${world.about.seed})` : "";
  return h("section", { "aria-labelledby": "board" }, h("h2", { id: "board" }, "The board"),
    h("p", { class: "small" }, app.truth ? `Counts of this recording alone${seed}: one world says little about which detector is better. An account counts from the first review that flags it.` : "How many accounts each detector flags. Reveal the truth to see how rightly."),
    table("Detectors", heads, rows));
}

/** Share of the tokens of abusive requests that came after the account was flagged. */
function damageAfter(app: App, flagged: Int32Array): number {
  const { world } = app, input = world.column("request.input_tokens"), output = world.column("request.output_tokens"), status = world.column("request.status");
  let all = 0, after = 0;
  for (let a = 0; a < world.accounts; a++) {
    if (!world.isSham(a)) continue;
    const from = flagged[a] >= 0 ? world.about.reviews[flagged[a]] - world.about.start : Infinity;
    for (let i = world.begin[a]; i < world.begin[a + 1]; i++) {
      if (status[i] !== 200 || !world.flag(i)) continue;
      const drawn = input[i] + output[i];
      all += drawn;
      if (world.at(i) > from) after += drawn;
    }
  }
  return all ? after / all : NaN;
}

function campaigns(app: App): HTMLElement | null {
  const { world } = app;
  if (!app.truth) return null;
  const detectors = world.detectors.filter((d) => !d.control);
  const size = world.groups.map(() => 0), requests = world.groups.map(() => 0), damage = world.groups.map(() => 0);
  const hit = detectors.map(() => world.groups.map(() => 0));
  const own = world.column("account.requests"), tokens = world.column("truth.abusive_tokens");
  for (let a = 0; a < world.accounts; a++) {
    const g = world.group(a);
    size[g]++;
    requests[g] += own[a];
    damage[g] += tokens[a];
    detectors.forEach((d, n) => { if (d.flagged[a] >= 0) hit[n][g]++; });
  }
  const part = (sham: boolean, title: string, id: string, said: string) => {
    const rows = world.groups.map((g, n) => [g, n] as const).filter(([g]) => g.sham === sham);
    const heads: (string | [string, "number"])[] = [sham ? "campaign" : "population", ["accounts", "number"], ["requests", "number"]];
    if (sham) heads.push(["damage", "number"]);
    heads.push(...detectors.map((d) => [d.name, "number"] as [string, "number"]));
    return h("section", { "aria-labelledby": id }, h("h2", { id }, title), h("p", { class: "small" }, said),
      rows.length ? table(title, heads, rows.map(([g, n]) => [h("a", { href: address(["group", "truth", g.name]) }, groupName(app, n)), count(size[n]), count(requests[n]), ...(sham ? [short(damage[n])] : []),
        ...detectors.map((_, d) => h("span", { class: "meter", style: `--share:${size[n] ? hit[d][n] / size[n] : 0}` }, percent(size[n] ? hit[d][n] / size[n] : 0)))])) : h("p", { class: "empty" }, "There is none."));
  };
  const share = detectors.length ? " The columns of detectors say which share of its accounts each flags." : "";
  return h("div", {}, part(true, "Campaigns", "campaigns", `Damage is the tokens that abusive requests drew.${share}`), part(false, "Populations", "populations", `Legitimate accounts; those of them that are flagged are hit wrongly.${share}`));
}

function settings(app: App): HTMLElement | null {
  const truth = app.truth ? app.world.about.truth : null;
  if (!truth) return null;
  return h("section", { "aria-labelledby": "scenario" }, h("h2", { id: "scenario" }, "The scenario"), h("p", {}, `${truth.scenario}, seed ${truth.seed}`),
    h("details", {}, h("summary", {}, "The scenario with all values"), h("pre", { tabindex: 0 }, truth.settings)));
}
