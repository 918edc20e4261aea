// Moments that are no requests: reviews, alerts, bans, replacements, releases.

import { categorical, sham, style } from "./colours";
import type { App } from "./app";

export interface Mark { at: number; size: number; said: string }
export interface Lane { name: string; marks: Mark[]; colour: string }

export function lanes(app: App): Lane[] {
  const { world } = app, { about } = world;
  const found: Lane[] = [{
    name: "reviews", colour: style("soft"),
    marks: about.reviews.map((t, n) => ({ at: t - about.start, size: 1, said: `review ${n + 1}` })),
  }];
  const alerts = new Map<number, number>();
  for (const one of world.detectors) {
    if (one.control) continue;
    for (const review of one.flagged) if (review >= 0) alerts.set(review, (alerts.get(review) ?? 0) + 1);
  }
  if (alerts.size) found.push({
    name: "alerts", colour: categorical(3),
    marks: [...alerts].sort((a, b) => a[0] - b[0]).map(([n, many]) =>
      ({ at: about.reviews[n] - about.start, size: many, said: `${many} accounts flagged for the first time` })),
  });
  const kinds: [string, string[], number][] = [
    ["challenges", ["challenge", "throttle"], 1], ["bans", ["suspension"], 4], ["policy flags", ["policy_flag"], 6],
  ];
  const kind = world.column("activity.kind"), time = world.column("activity.time");
  for (const [name, names, colour] of kinds) {
    const codes = names.map((n) => about.activity.kinds.indexOf(n)).filter((c) => c >= 0);
    const marks: Mark[] = [];
    for (let i = 0; i < kind.length; i++)
      if (codes.includes(kind[i])) marks.push({ at: time[i] * 1000, size: 1, said: names[0].replace("_", " ") });
    if (marks.length) found.push({ name, marks: marks.sort((a, b) => a.at - b.at), colour: categorical(colour) });
  }
  if (about.releases.length && app.truth) found.push({
    name: "releases", colour: categorical(2),
    marks: about.releases.map(([model, t]) => ({ at: t - about.start, size: 1, said: `release of ${model}` })),
  });
  if (app.truth) {
    world.groups.filter((g) => g.sham).forEach((group, n) => {
      if (group.phases.length) found.push({
        name: group.name, colour: sham(n),
        marks: group.phases.map((p) => ({ at: p.time - about.start, size: 1, said: `${group.name} ${p.said} (${p.accounts})` })),
      });
    });
  }
  return found;
}
