// One group of accounts: side by side over time, what they share, who they are.

import { accountColumns } from "./accounts";
import type { App, View } from "./app";
import { fill, h, table } from "./dom";
import { count, counted, moment, percent, short } from "./format";
import { members } from "./members";
import { address } from "./route";
import { rowsTable } from "./rows_table";
import { strips } from "./strips";

export function group(app: App, into: HTMLElement, path: string[]): View {
  const { world } = app, found = members(app, path);
  if (!found || (found.needsTruth && !app.truth)) {
    fill(into, h("section", {}, h("h1", {}, found ? "The truth is hidden" : "No such group"),
      h("p", {}, found ? "This group is one of the truth. Reveal it above to see the group." : "This file holds no group of this name. ", h("a", { href: address(["groups"]) }, "All groups"))));
    return { title: "Groups" };
  }
  const { accounts } = found, requests = world.column("account.requests"), tokens = world.column("account.tokens");
  const sum = (of: ArrayLike<number>) => accounts.reduce((all, a) => all + of[a], 0);
  const side = strips(app, accounts);
  const facts: [string, string][] = [["accounts", count(accounts.length)], ["requests", count(sum(requests))], ["tokens", short(sum(tokens))]];
  if (app.truth) {
    const shams = accounts.filter((a) => world.isSham(a)).length;
    facts.push(["of them sham", `${count(shams)} (${percent(shams / Math.max(accounts.length, 1))})`], ["abusive requests", count(sum(world.column("truth.abusive")))]);
  }
  const inside = new Set(accounts), shared: [number, number, number, number][] = [];
  world.shared.forEach((kind, k) => {
    const many = new Map<number, number>();
    for (const a of accounts) for (let i = kind.accountBegin[a]; i < kind.accountBegin[a + 1]; i++) {
      const thing = kind.thing[kind.byAccount[i]];
      many.set(thing, (many.get(thing) ?? 0) + 1);
    }
    for (const [thing, n] of many) if (n > 1) shared.push([k, thing, n, world.users(k, thing).length]);
  });
  shared.sort((a, b) => b[2] / b[3] * Math.log(b[2] + 1) - a[2] / a[3] * Math.log(a[2] + 1));
  const detectors = world.detectors.map((d) => [d, accounts.filter((a) => d.flagged[a] >= 0).length] as const);
  let columns = accountColumns(app), sorted = { key: "requests", down: true };
  const list = rowsTable<number>("Accounts of the group", columns, 380, (a) => { location.hash = address(["account", world.id[a]]); },
    (key) => { sorted = { key, down: !(sorted.key === key && sorted.down) }; show(); }, "Nobody.");
  function show(): void {
    const order = columns.find((c) => c.key === sorted.key)?.order;
    list.show(order ? [...accounts].sort((a, b) => (sorted.down ? order(b, a) : order(a, b)) || a - b) : accounts, sorted);
  }
  show();
  const own = path[0] === "truth" ? world.groups.find((g) => g.name === path[1]) : undefined;
  fill(into,
    h("nav", { class: "crumbs", "aria-label": "Where this is" }, h("a", { href: address(["groups"]) }, "Groups"), " / ", found.crumb, " / ", found.title),
    h("section", { "aria-labelledby": "title" }, h("h1", { id: "title" }, found.title), h("p", { class: "about" }, found.about),
      own?.longer ? h("details", {}, h("summary", {}, "More about it"), h("p", {}, own.longer)) : null,
      h("dl", { class: "facts" }, facts.map(([k, v]) => h("div", {}, h("dt", {}, k), h("dd", {}, v)))),
      detectors.length ? h("p", {}, "Flagged: ", detectors.map(([d, n], i) => [i ? ", " : "", h("a", { href: address(["accounts"], { flagged: d.name, ...(own ? { group: own.name } : {}) }) }, d.name), ` ${count(n)}`]).flat(), ` of ${count(accounts.length)}.`) : null),
    h("section", { "aria-labelledby": "side" }, h("h2", { id: "side" }, "Side by side over time"),
      h("p", { class: "small" }, "A row is an account, a tick a request, its colour what two or more of these accounts share. Columns of ticks are accounts in lockstep; a colour that goes from row to row is a thing handed over; rows that change colour together rotate."), side.element),
    own?.phases.length ? h("section", { "aria-labelledby": "phases" }, h("h2", { id: "phases" }, "What the campaign did"),
      table("Phases", ["when", "phase", ["accounts", "number"]], own.phases.map((p) => [moment(p.time), p.said, count(p.accounts)]))) : null,
    h("section", { "aria-labelledby": "shared" }, h("h2", { id: "shared" }, "What they share"),
      shared.length ? table("Shared things", ["thing", "which", ["of these", "number"], ["of all", "number"]], shared.slice(0, 30).map(([k, thing, n, all]) =>
        [world.shared[k].title, world.thingLabel(k, thing), count(n), h("a", { href: address(["group", "thing", k, thing]) }, count(all))]),
      shared.length > 30 ? `The first 30 of ${count(shared.length)}, those first that hardly anybody else uses.` : undefined)
        : h("p", { class: "empty" }, "No two of them share anything.")),
    h("section", { "aria-labelledby": "list" }, h("h2", { id: "list" }, counted(inside.size, "account")), list.element));
  return { title: found.title, leave: side.leave };
}
