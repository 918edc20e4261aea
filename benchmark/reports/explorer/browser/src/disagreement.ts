// Where detectors do not agree, whom they hit wrongly, and what they miss.

import { accountLink, groupName } from "./accounts";
import type { App, View } from "./app";
import { choice, fill, h, table } from "./dom";
import { count, counted, percent, short } from "./format";
import { address, route, set } from "./route";
import { rowsTable, type Column } from "./rows_table";
import type { Detector } from "./world";

export function disagreement(app: App, into: HTMLElement): View {
  const { world } = app, all = world.detectors.filter((d) => !d.control);
  if (all.length < 1) {
    fill(into, h("section", {}, h("h1", {}, "Disagreement"), h("p", { class: "empty" }, "This file holds no findings of detectors. Make it from a run to see them: ", h("code", {}, "shamcrowd run SCENARIO --out DIR"), ", then ", h("code", {}, "shamcrowd explore DIR"), ".")));
    return { title: "Disagreement" };
  }
  const sets = all.map((d) => d.flagged);
  const alone = (i: number, j: number) => { let n = 0; for (let a = 0; a < world.accounts; a++) if (sets[i][a] >= 0 && sets[j][a] < 0) n++; return n; };
  const counts = all.map((_, i) => all.map((__, j) => (i === j ? 0 : alone(i, j))));
  const named = (key: string, other: number) => { const n = all.findIndex((d) => d.name === route().settings.get(key)); return n >= 0 ? n : other; };
  let first = 0, second = Math.min(1, all.length - 1);
  counts.forEach((row, i) => row.forEach((n, j) => { if (n > counts[first][second]) { first = i; second = j; } }));
  first = named("a", first);
  second = named("b", second);
  const matrix = h("div");
  const heading = h("h2", { id: "pair" }), said = h("p", { class: "small" });
  const list = rowsTable<number>("Accounts that one finds and the other does not", columns(app, () => all[first]), 420, (a) => { location.hash = address(["account", world.id[a]]); }, null, "There is no such account.");
  function update(): void {
    const begun = performance.now();
    fill(matrix, table("Accounts that the detector of the row flags and that of the column does not", ["flagged by ↓, not by →", ...all.map((d) => [d.name, "number"] as [string, "number"])],
      all.map((d, i) => [h("a", { href: address(["accounts"], { flagged: d.name }) }, d.name), ...all.map((e, j) => (i === j ? h("span", { class: "small" }, `${count(d.alerts)} in all`)
        : h("button", { type: "button", class: "link", "aria-pressed": i === first && j === second, "aria-label": `${counts[i][j]} flagged by ${d.name} and not by ${e.name}`, onclick: () => { first = i; second = j; set({ a: d.name, b: e.name }); update(); } }, count(counts[i][j]))))])));
    const found = Array.from({ length: world.accounts }, (_, a) => a).filter((a) => sets[first][a] >= 0 && (first === second || sets[second][a] < 0)).sort((a, b) => all[first].place[a] - all[first].place[b] || a - b);
    fill(heading, first === second ? `Flagged by ${all[first].name}` : `Flagged by ${all[first].name}, not by ${all[second].name}`);
    const shams = found.filter((a) => world.isSham(a)).length;
    fill(said, counted(found.length, "account"), app.truth && found.length ? `; ${count(shams)} of them sham (${percent(shams / found.length)})` : "");
    list.show(found, null);
    performance.measure("disagreement", { start: begun, end: performance.now() });
  }
  fill(into,
    h("section", { "aria-labelledby": "title" }, h("h1", { id: "title" }, "Disagreement"),
      h("p", { class: "small" }, "How many accounts one detector flags and another does not. Press a number to see them.", all.some((d) => !d.calibrated) ? " No operating points are known for this log: each detector flags the one in a hundred accounts that it scores highest." : ""), matrix),
    h("section", { "aria-labelledby": "pair" }, heading, said, list.element),
    app.truth ? innocent(app, all) : null, app.truth ? missed(app, all) : null,
    !app.truth && world.about.truth ? h("section", {}, h("h2", {}, "Hit wrongly, and missed"), h("p", { class: "empty" }, "Reveal the truth above to see which innocent accounts are hit most often, and which abuse nobody found.")) : null);
  update();
  return { title: "Disagreement" };
}

function columns(app: App, of: () => Detector): Column<number>[] {
  const { world } = app;
  const found: Column<number>[] = [
    { key: "name", head: "account", wide: true, cell: (a) => accountLink(app, a) },
    { key: "place", head: "place", number: true, title: "Share of accounts with a higher score", cell: (a) => percent(of().place[a]) },
    { key: "flags", head: "flagged by", number: true, cell: (a) => String(world.flags(a)) },
  ];
  if (app.truth) found.push({ key: "group", head: "group", wide: true, cell: (a) => groupName(app, world.group(a)) });
  found.push({ key: "reason", head: "reason", wide: true, cell: (a) => h("span", { class: "reason", title: of().reasons[of().reason[a]] ?? "" }, of().reasons[of().reason[a]] ?? "") });
  return found;
}

function innocent(app: App, all: Detector[]): HTMLElement {
  const { world } = app, rows: number[] = [];
  for (let a = 0; a < world.accounts; a++) if (!world.isSham(a) && world.flags(a) > 0) rows.push(a);
  rows.sort((a, b) => world.flags(b) - world.flags(a) || a - b);
  const list = rowsTable<number>("Innocent accounts that are flagged", [
    { key: "name", head: "account", wide: true, cell: (a) => accountLink(app, a) },
    { key: "flags", head: "flagged by", number: true, cell: (a) => `${world.flags(a)} of ${all.length}` },
    { key: "group", head: "population", wide: true, cell: (a) => groupName(app, world.group(a)) },
    { key: "reason", head: "the reasons given", wide: true, cell: (a) => {
      const said = all.filter((d) => d.flagged[a] >= 0).map((d) => { const why = d.reasons[d.reason[a]]; return why ? `${d.name}: ${why}` : d.name; }).join("; ");
      return h("span", { class: "reason", title: said }, said);
    } },
  ], 380, (a) => { location.hash = address(["account", world.id[a]]); }, null, "No innocent account is flagged.");
  list.show(rows, null);
  return h("section", { "aria-labelledby": "innocent" }, h("h2", { id: "innocent" }, "The innocent who are hit most often"),
    h("p", { class: "small" }, rows.length ? `${counted(rows.length, "legitimate account is", "legitimate accounts are")} flagged by one detector or more.` : ""), list.element);
}

function missed(app: App, all: Detector[]): HTMLElement {
  const { world } = app, damage = world.column("truth.abusive_tokens");
  const body = h("div"), said = h("p", { class: "small" });
  const list = rowsTable<number>("Sham accounts that are missed", [
    { key: "name", head: "account", wide: true, cell: (a) => accountLink(app, a) },
    { key: "damage", head: "damage", number: true, title: "Tokens that its abusive requests drew", cell: (a) => short(damage[a]) },
    { key: "group", head: "campaign", wide: true, cell: (a) => h("a", { href: address(["group", "truth", world.groups[world.group(a)].name]) }, groupName(app, world.group(a))) },
    { key: "best", head: "nearest to being found", wide: true, cell: (a) => { const near = [...all].sort((x, y) => x.place[a] - y.place[a])[0]; return `${near.name}, place ${percent(near.place[a])}`; } },
  ], 380, (a) => { location.hash = address(["account", world.id[a]]); }, null, "Nothing is missed.");
  function update(): void {
    const by = all.find((d) => d.name === route().settings.get("missed"));
    const rows: number[] = [];
    let whole = 0, lost = 0;
    for (let a = 0; a < world.accounts; a++) {
      if (!world.isSham(a)) continue;
      whole += damage[a];
      if (by ? by.flagged[a] >= 0 : world.flags(a) > 0) continue;
      rows.push(a);
      lost += damage[a];
    }
    rows.sort((a, b) => damage[b] - damage[a] || a - b);
    fill(said, `${counted(rows.length, "sham account")}, ${short(lost)} tokens: ${percent(whole ? lost / whole : 0)} of all damage.`);
    list.show(rows, null);
  }
  fill(body, choice("missed by", [["", "all detectors"], ...all.map((d) => [d.name, d.name] as [string, string])], route().settings.get("missed") ?? "", (v) => { set({ missed: v }); update(); }));
  update();
  return h("section", { "aria-labelledby": "missed" }, h("div", { class: "bar" }, h("h2", { id: "missed" }, "What is missed, by damage"), body), said, list.element);
}
