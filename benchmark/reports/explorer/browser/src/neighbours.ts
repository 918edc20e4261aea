// Accounts that share rare things with one.

import type { World } from "./world";

const MOST_USERS = 200;

export interface Neighbour { account: number; weight: number; kinds: string[] }

/** Neighbours, those first that share more and rarer things: each thing counts one over its users. */
export function neighbours(world: World, account: number): Neighbour[] {
  const found = new Map<number, { weight: number; kinds: Map<string, number> }>();
  for (const [kind, thing] of world.things(account)) {
    const users = world.users(kind, thing), about = world.shared[kind];
    if (users.length > MOST_USERS) continue;
    for (const other of users) {
      if (other === account) continue;
      const one = found.get(other) ?? { weight: 0, kinds: new Map<string, number>() };
      one.weight += (about.links ? 1 : 0.2) / (users.length - 1);
      one.kinds.set(about.title, (one.kinds.get(about.title) ?? 0) + 1);
      found.set(other, one);
    }
  }
  return [...found].map(([other, { weight, kinds }]) => ({
    account: other, weight, kinds: [...kinds].map(([name, many]) => (many > 1 ? `${many} × ${name}` : name)),
  })).sort((a, b) => b.weight - a.weight || a.account - b.account);
}
