// The network of accounts and the things that link them, drawn with WebGL, or without where there is none.

import Graph from "graphology";
import Sigma from "sigma";
import type { App } from "./app";
import { categorical, grey, legitimate, onNight, quiet, sham, style } from "./colours";
import { groupColour } from "./dimensions";
import { h } from "./dom";
import { plainNetwork } from "./network_plain";
import { address } from "./route";

export interface Network { element: HTMLElement; colour: (by: string) => void; leave: () => void; kind: string }

/** What a node is called, how large and of which colour it is. */
export interface NodeLook { label: string; size: number; colour: string; href: string }

/** The colour of an account by the truth, by how many detectors flag it, or by a detector's clusters. */
function accountColour(app: App, account: number, by: string): string {
  const { world } = app;
  if (by === "group" && app.truth) return groupColour(world, world.group(account));
  const detector = world.detectors.find((d) => d.name === by);
  if (detector?.clusters) return detector.cluster[account] >= 0 ? categorical(detector.cluster[account]) : quiet();
  if (detector) return detector.flagged[account] >= 0 ? sham(0) : legitimate(0);
  return world.flags(account) > 1 ? sham(1) : world.flags(account) === 1 ? sham(0) : legitimate(0);
}

export function look(app: App, node: number, by: string): NodeLook {
  const { world } = app, accounts = world.column("network.account");
  if (node < accounts.length) {
    const a = accounts[node];
    return { label: world.name(a), size: 3.4, colour: accountColour(app, a, by), href: address(["account", world.id[a]]) };
  }
  const kind = world.column("network.kind")[node - accounts.length], thing = world.column("network.thing")[node - accounts.length];
  return { label: `${world.shared[kind].title}: ${world.thingLabel(kind, thing)}`, size: 1.8, colour: grey(), href: address(["group", "thing", kind, thing]) };
}

function hasWebgl(): boolean {
  try { return document.createElement("canvas").getContext("webgl2") !== null; } catch { return false; }
}

export function network(app: App, by: string): Network {
  if (!hasWebgl()) return plainNetwork(app, by);
  const { world } = app, x = world.column("network.x"), y = world.column("network.y");
  const from = world.column("network.from"), to = world.column("network.to");
  const holder = h("div", { class: "network", role: "img", "aria-label": "Network of accounts and the things that they share; the lists below have the same groups" });
  const said = h("p", { class: "small network-said" });
  const graph = new Graph();
  for (let n = 0; n < x.length; n++) {
    const one = look(app, n, by);
    graph.addNode(n, { x: x[n], y: y[n], size: one.size, color: one.colour, label: one.label });
  }
  for (let i = 0; i < from.length; i++) graph.mergeEdge(from[i], to[i], { color: style("rule"), size: 0.6 });
  let shown: Sigma | null = null, now = by, plain: Network | null = null;
  const element = h("div", {}, holder, said);
  const begin = requestAnimationFrame(() => {
    try {
      shown = new Sigma(graph, holder, { settings: { itemSizesReference: "screen", renderLabels: false, enableEdgeEvents: false, hideEdgesOnMove: false, minEdgeThickness: 0.5 } });
      shown.on("clickNode", ({ node }) => { location.hash = look(app, Number(node), now).href.slice(1); });
      shown.on("enterNode", ({ node }) => { said.textContent = look(app, Number(node), now).label; holder.style.cursor = "pointer"; });
      shown.on("leaveNode", () => { said.textContent = ""; holder.style.cursor = ""; });
    } catch {
      // A driver may refuse what it had promised.
      plain = plainNetwork(app, now);
      element.replaceChildren(plain.element);
    }
  });
  const colour = (next: string) => {
    now = next;
    plain?.colour(next);
    graph.updateEachNodeAttributes((node, values) => ({ ...values, color: look(app, Number(node), next).colour }), { attributes: ["color"] });
  };
  const still = onNight(() => {
    graph.updateEachEdgeAttributes((_edge, values) => ({ ...values, color: style("rule") }));
    colour(now);
  });
  return { element, colour, kind: "WebGL", leave: () => { cancelAnimationFrame(begin); still(); shown?.kill(); plain?.leave(); } };
}
