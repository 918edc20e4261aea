// Groups of accounts: a campaign or population, a detector's cluster, the users of a thing, the
// neighbourhood of an account, a component of the network.

import type { App } from "./app";
import { neighbours } from "./neighbours";

export interface Members { title: string; about: string; accounts: number[]; needsTruth: boolean; crumb: string }

const AROUND = 40;

/** The group of an address such as `truth/hydra`; null if there is none. */
export function members(app: App, path: string[]): Members | null {
  const { world } = app, [kind, first, second] = path;
  const all = Array.from({ length: world.accounts }, (_, a) => a);
  if (kind === "truth") {
    const n = world.groups.findIndex((g) => g.name === first), group = world.groups[n];
    if (!group) return null;
    return { title: group.name, about: group.about, needsTruth: true, crumb: group.sham ? "campaign" : "population", accounts: all.filter((a) => world.group(a) === n) };
  }
  if (kind === "cluster") {
    const detector = world.detectors.find((d) => d.name === first);
    if (!detector) return null;
    return { title: `Cluster ${second} of ${first}`, about: "Accounts that the detector takes to be under one control.", needsTruth: false,
      crumb: "cluster", accounts: all.filter((a) => detector.cluster[a] === Number(second)) };
  }
  if (kind === "thing") {
    const shared = world.shared[Number(first)];
    if (!shared) return null;
    return { title: world.thingLabel(Number(first), Number(second)), about: `Accounts that use this ${shared.title}.`, needsTruth: false, crumb: shared.title, accounts: world.users(Number(first), Number(second)) };
  }
  if (kind === "around") {
    const a = world.place(Number(first));
    if (a < 0) return null;
    return { title: `Around ${world.name(a)}`, about: `The account and the ${AROUND} that share the most with it.`, needsTruth: false, crumb: "neighbours",
      accounts: [a, ...neighbours(world, a).slice(0, AROUND).map((n) => n.account)] };
  }
  if (kind === "component") {
    const component = world.column("network.component"), of = world.column("network.account");
    const found: number[] = [];
    for (let n = 0; n < of.length; n++) if (component[n] === Number(first)) found.push(of[n]);
    return { title: `Component ${Number(first) + 1} of the network`, about: "Accounts that are linked by shared addresses, devices and cards, directly or through others.", needsTruth: false, crumb: "component", accounts: found };
  }
  return null;
}
