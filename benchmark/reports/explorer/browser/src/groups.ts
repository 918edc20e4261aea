// Groups: the network, campaigns and populations, detectors' clusters beside the true campaigns.

import { groupName } from "./accounts";
import type { App, View } from "./app";
import { choice, fill, h, table } from "./dom";
import { count, counted, percent } from "./format";
import { network } from "./network";
import { address, route, set } from "./route";
import type { Detector } from "./world";

const SMALLEST = 3;
const MOST = 25;

export function groups(app: App, into: HTMLElement): View {
  const { world } = app, { about } = world;
  const ways: [string, string][] = [];
  if (app.truth) ways.push(["group", "population and campaign"]);
  if (world.detectors.length) ways.push(["flags", "how many detectors flag them"]);
  for (const d of world.detectors) if (!d.control) ways.push([d.name, d.clusters ? `clusters of ${d.name}` : `flagged by ${d.name}`]);
  const asked = route().settings.get("colour") ?? "", by = ways.some(([k]) => k === asked) ? asked : ways[0]?.[0] ?? "";
  const nodes = world.column("network.x").length, drawn = nodes ? network(app, by) : null;
  const clustered = world.detectors.filter((d) => d.clusters && clusterSizes(d).length);
  fill(into,
    h("section", { "aria-labelledby": "title" },
      h("div", { class: "bar" }, h("h1", { id: "title" }, "Groups"),
        ways.length > 1 ? choice("coloured by", ways, by, (v) => { set({ colour: v }); drawn?.colour(v); }) : null),
      drawn ? h("p", { class: "small" }, `${counted(world.column("network.account").length, "account")} (larger dots) and the addresses, devices and cards (small grey dots) that two or more of them use. `,
        `Things of more than ${about.network.most_users} accounts are left out: they are strangers' gateways. ${about.network.left_out ? `${counted(about.network.left_out, "account")} in small groups are left out, too. ` : ""}Drag to move, scroll to zoom, press a dot to see it.`) : h("p", { class: "empty" }, "No two accounts share an address, a device or a card."),
      drawn?.element,
      app.truth ? h("div", { class: "legend" }, world.groups.map((_, n) => h("a", { class: "key", href: address(["group", "truth", world.groups[n].name]) }, groupName(app, n)))) : null),
    clustered.length ? h("section", { "aria-labelledby": "clusters" }, h("h2", { id: "clusters" }, "What detectors take to be one group"),
      clustered.map((d) => clusters(app, d))) : null,
    truth(app), components(app));
  return { title: "Groups", leave: () => drawn?.leave() };
}

function clusterSizes(d: Detector): [number, number][] {
  const many = new Map<number, number>();
  for (const c of d.cluster) if (c >= 0) many.set(c, (many.get(c) ?? 0) + 1);
  return [...many].filter(([, n]) => n >= 2).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function clusters(app: App, d: Detector): HTMLElement {
  const { world } = app, all = clusterSizes(d);
  const heads: (string | [string, "number"])[] = ["cluster", ["accounts", "number"], ["flagged", "number"]];
  if (app.truth) heads.push("most of them are of", ["share", "number"], ["of that group", "number"]);
  const rows = all.slice(0, MOST).map(([cluster, size]) => {
    const inside: number[] = [];
    d.cluster.forEach((c, a) => { if (c === cluster) inside.push(a); });
    const row: (string | Node)[] = [h("a", { href: address(["group", "cluster", d.name, cluster]) }, `cluster ${cluster}`), count(size), count(inside.filter((a) => d.flagged[a] >= 0).length)];
    if (app.truth) {
      const many = new Map<number, number>();
      for (const a of inside) many.set(world.group(a), (many.get(world.group(a)) ?? 0) + 1);
      const [group, most] = [...many].sort((a, b) => b[1] - a[1])[0];
      let whole = 0;
      for (let a = 0; a < world.accounts; a++) if (world.group(a) === group) whole++;
      row.push(h("a", { href: address(["group", "truth", world.groups[group].name]) }, groupName(app, group)), percent(most / size), percent(most / whole));
    }
    return row;
  });
  return h("div", {}, h("h3", {}, d.name), table(`Clusters of ${d.name}`, heads, rows, all.length > MOST ? `The ${MOST} largest of ${count(all.length)}.` : undefined));
}

function truth(app: App): HTMLElement | null {
  const { world } = app;
  if (!app.truth) return null;
  const many = world.groups.map(() => 0);
  for (let a = 0; a < world.accounts; a++) many[world.group(a)]++;
  return h("section", { "aria-labelledby": "true" }, h("h2", { id: "true" }, "The true groups"),
    table("Campaigns and populations", ["group", "kind", ["accounts", "number"]], world.groups.map((g, n) =>
      [h("a", { href: address(["group", "truth", g.name]) }, groupName(app, n)), `${g.sham ? "campaign" : "population"}: ${g.kind}`, count(many[n])])));
}

function components(app: App): HTMLElement | null {
  const { world } = app, component = world.column("network.component"), accounts = world.column("network.account").length;
  const sizes = new Map<number, number>();
  for (let n = 0; n < accounts; n++) sizes.set(component[n], (sizes.get(component[n]) ?? 0) + 1);
  const rows = [...sizes].filter(([, n]) => n >= SMALLEST).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!rows.length) return null;
  return h("section", { "aria-labelledby": "components" }, h("h2", { id: "components" }, "Components of the network"),
    h("p", { class: "small" }, "Accounts that are linked by shared things, directly or through others. The largest lies in the middle above."),
    table("Components", ["component", ["accounts", "number"]], rows.slice(0, MOST).map(([c, n]) =>
      [h("a", { href: address(["group", "component", c]) }, `component ${c + 1}`), count(n)]), rows.length > MOST ? `The ${MOST} largest of ${count(rows.length)}.` : undefined));
}
