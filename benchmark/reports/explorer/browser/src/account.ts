// The page of one account.

import { accountLink, groupName } from "./accounts";
import type { App, View } from "./app";
import { fill, h, table } from "./dom";
import { count, counted, date, duration, moment, percent, score, short } from "./format";
import { neighbours } from "./neighbours";
import { address, route } from "./route";
import { rowsTable, type Column } from "./rows_table";
import { scoreChart } from "./score_chart";
import { events, tracks } from "./tracks";

export function account(app: App, into: HTMLElement, id: number, row: number | null): View {
  const { world } = app, { about } = world, a = world.place(id);
  if (a < 0) {
    fill(into, h("section", {}, h("h1", {}, "No such account"), h("p", {}, `This file holds no account ${id}. `, h("a", { href: address(["accounts"]) }, "All accounts"))));
    return { title: "No such account" };
  }
  const names = about.account.names, missing = about.missing.accounts ?? [];
  const fact = (label: string, value: string, column = label) =>
    value && !missing.includes(column) ? h("div", {}, h("dt", {}, label), h("dd", {}, value)) : null;
  const category = (name: string) => names[name][world.column(`account.${name}`)[a]] ?? "";
  const thing = (name: string, tableName: string) => {
    const code = world.column(`account.${name}`)[a];
    return code < 0 ? "" : world.label(tableName, code);
  };
  const life = tracks(app, a);
  const closed: (() => void)[] = [life.painting.leave];
  const charts = world.detectors.filter((d) => Number.isFinite(d.score[a]) && d.score[a] > -1e300).map((d) => {
    const chart = scoreChart(app, d, a);
    closed.push(chart.leave);
    const reason = d.reasons[d.reason[a]];
    const review = d.flagged[a];
    return h("figure", { class: "score" },
      h("figcaption", {}, h("b", {}, h("a", { href: address(["accounts"], { flagged: d.name }) }, d.name)), d.control ? " (control)" : "",
        h("span", {}, review >= 0 ? `flagged on ${moment(about.reviews[review])}` : "not flagged",
          ` · place ${percent(d.place[a])}`)),
      chart.element,
      h("p", { class: "small" }, `score ${score(d.score[a])}`, d.threshold === null ? "" : `, alerts above ${score(d.threshold)}`),
      reason ? h("p", { class: "reason" }, reason) : null);
  });
  const near = neighbours(world, a), [from, to] = app.window;
  const shared = world.things(a).map(([kind, one]) => ({ kind, one, users: world.users(kind, one) })).sort((x, y) => x.users.length - y.users.length);
  const truth = app.truth ? truthPart(app, a) : null;
  fill(into,
    h("nav", { class: "crumbs", "aria-label": "Where this is" }, h("a", { href: address(["accounts"]) }, "Accounts"), " / ", world.name(a) || String(id)),
    h("section", { "aria-labelledby": "title" },
      h("h1", { id: "title" }, world.name(a) || `Account ${id}`),
      h("p", { class: "kicker" }, `account ${id} · opened ${date(about.start + world.column("account.created")[a] * 1000)}`,
        ` · ${counted(world.column("account.requests")[a], "request")}, ${short(world.column("account.tokens")[a])} tokens`),
      truth,
      h("dl", { class: "facts small" }, fact("plan", category("plan")), fact("country", category("country")), fact("sign-in", category("sign_in"), "sign_in"),
        fact("locale", category("locale")), fact("mail", thing("mailbox", "mailboxes"), "mailbox"), fact("phone", thing("phone", "phones")),
        fact("device", thing("device", "devices")), fact("address", thing("address", "addresses")))),
    h("section", { "aria-labelledby": "life" }, h("h2", { id: "life" }, "Its life"),
      h("p", { class: "small" }, from > 0 || to < world.span ? `${moment(about.start + from)} to ${moment(about.start + to)}, the time chosen on the ` : "The whole recording; choose a part of it on the ", h("a", { href: address(["time"]) }, "time line"), ". ● an event, ▲ one that speaks against it."),
      life.painting.element, life.legends),
    charts.length ? h("section", { "aria-labelledby": "scores" }, h("h2", { id: "scores" }, "What detectors said"),
      h("p", { class: "small" }, "The highest score so far at each review. The dashed line is the score above which an account is flagged; the place is the share of accounts with a higher score."),
      h("div", { class: "scores" }, charts)) : null,
    h("section", { "aria-labelledby": "shares" }, h("h2", { id: "shares" }, "What it shares"),
      shared.length ? table("Things that other accounts use too", ["thing", "which", ["accounts", "number"], "the others"],
        shared.slice(0, 40).map(({ kind, one, users }) => [world.shared[kind].title, world.thingLabel(kind, one),
          h("a", { href: address(["group", "thing", kind, one]) }, count(users.length)),
          h("span", {}, users.filter((u) => u !== a).slice(0, 4).map((u) => [accountLink(app, u), " "]).flat(), users.length > 5 ? `and ${count(users.length - 5)} more` : "")]))
        : h("p", { class: "empty" }, "It shares no address, device, card or other thing with another account.")),
    near.length ? h("section", { "aria-labelledby": "near" }, h("h2", { id: "near" }, "Its neighbours"),
      h("p", { class: "small" }, "Accounts that share the rarest things with it. ", h("a", { href: address(["group", "around", id]) }, "See them side by side over time")),
      table("Neighbours", ["account", "shares", ["requests", "number"], ["flagged by", "number"], ...(app.truth ? ["group"] : [])],
        near.slice(0, 12).map((one) => [accountLink(app, one.account), one.kinds.join(", "), count(world.column("account.requests")[one.account]),
          String(world.flags(one.account) || "–"), ...(app.truth ? [groupName(app, world.group(one.account))] : [])]))) : null,
    rowsPart(app, a, id, row), eventsPart(app, a));
  return { title: world.name(a), leave: () => closed.forEach((end) => end()) };
}

function truthPart(app: App, a: number): HTMLElement {
  const { world } = app, group = world.groups[world.group(a)];
  const abusive = world.column("truth.abusive")[a], from = world.column("truth.from")[a];
  const honest = world.groups[world.column("truth.honest")[a]];
  const link = h("a", { href: address(["group", "truth", group?.name ?? ""]) }, group?.name ?? "not known");
  return h("p", { class: group?.sham ? "sealed" : "honest" }, h("b", {}, "The truth: "),
    group?.sham ? ["a sham account of the campaign ", link, ` (${group.kind})`,
      honest && !honest.sham ? `, taken over from ${honest.name} on ${moment(world.about.start + from * 1000)}` : "",
      `. ${counted(abusive, "abusive request")}, ${short(world.column("truth.abusive_tokens")[a])} tokens.`]
      : ["a legitimate account of the population ", link, "."]);
}

function rowsPart(app: App, a: number, id: number, asked: number | null): HTMLElement {
  const { world } = app, { about } = world, first = world.begin[a], many = world.begin[a + 1] - first;
  const name = (column: string, code: number) => about.request.names[column][code] ?? "";
  const at = (i: number) => about.start + world.at(i);
  const missing = about.missing.requests ?? [];
  const value = (column: string) => world.column(`request.${column}`);
  const every: Column<number>[] = [
    { key: "time", head: "time", wide: true, cell: (i) => h("a", { href: address(["account", id, "row", i - first]) }, moment(at(i), true)) },
    { key: "address", head: "address", wide: true, cell: (i) => world.label("addresses", value("address")[i]) },
    { key: "model", head: "model", cell: (i) => name("model", value("model")[i]) },
    { key: "client", head: "client", minor: true, wide: true, cell: (i) => world.label("clients", value("client")[i]) },
    { key: "topic", head: "topic", minor: true, cell: (i) => name("topic", value("topic")[i]) },
    { key: "input_tokens", head: "in", number: true, minor: true, cell: (i) => count(value("input_tokens")[i]) },
    { key: "output_tokens", head: "out", number: true, minor: true, cell: (i) => count(value("output_tokens")[i]) },
    { key: "status", head: "status", number: true, cell: (i) => String(value("status")[i]) },
  ];
  const columns = every.filter((c) => !missing.includes(c.key));
  if (app.truth) columns.push({ key: "abusive", head: "abusive", minor: true, cell: (i) => (world.flag(i) ? "yes" : "") });
  const rows = Uint32Array.from({ length: many }, (_, n) => first + n);
  const shown = rowsTable<number>("Requests of this account", columns, 380, (i) => { location.hash = address(["account", id, "row", i - first]); }, null,
    about.share < 1 ? "None of its requests is in the sample." : "It sent no request.");
  shown.show(rows, null);
  const detail = h("div");
  if (asked !== null && asked >= 0 && asked < many) {
    const i = first + asked;
    requestAnimationFrame(() => shown.go(asked));
    const gap = asked > 0 ? duration(world.at(i) - world.at(i - 1)) : "";
    const facts: [string, string][] = [["time", `${new Date(at(i)).toISOString()}`], ["since the one before", gap], ["address", `${world.label("addresses", value("address")[i])} (${world.column("addresses.id")[value("address")[i]]})`],
      ["client", world.label("clients", value("client")[i])], ["model", name("model", value("model")[i])], ["endpoint", name("endpoint", value("endpoint")[i])],
      ["topic", name("topic", value("topic")[i])], ["tokens in and out", `${count(value("input_tokens")[i])} and ${count(value("output_tokens")[i])}`], ["status", String(value("status")[i])],
      ["key, of this file", String(value("key")[i])], ["session, of this file", String(value("session")[i])]];
    if (app.truth) facts.push(["abusive (truth)", world.flag(i) ? "yes" : "no"]);
    fill(detail, h("h3", {}, `Request ${count(asked + 1)} of ${count(many)}`), h("dl", { class: "facts small row-facts" }, facts.filter(([, v]) => v).map(([k, v]) => h("div", {}, h("dt", {}, k), h("dd", {}, v)))),
      h("p", { class: "small" }, asked > 0 ? h("a", { href: address(["account", id, "row", asked - 1]) }, "the one before") : null, " ", asked + 1 < many ? h("a", { href: address(["account", id, "row", asked + 1]) }, "the next") : null));
  }
  const sample = about.share < 1 ? ` ${counted(many, "request")} of ${count(world.column("account.requests")[a])} are in this file.` : "";
  return h("section", { "aria-labelledby": "rows" }, h("h2", { id: "rows" }, "Its requests"), sample ? h("p", { class: "small" }, sample) : null, detail, shown.element);
}

function eventsPart(app: App, a: number): HTMLElement {
  const { world } = app, all = events(app, a);
  const shown = rowsTable<[number, string, string]>("What else was logged", [
    { key: "time", head: "time", wide: true, cell: (e) => moment(world.about.start + e[0], true) },
    { key: "what", head: "what", wide: true, cell: (e) => e[1] },
    { key: "with", head: "with", wide: true, cell: (e) => e[2] },
  ], 300, null, null, "Nothing else was logged.");
  shown.show(all, null);
  return h("section", { "aria-labelledby": "events" }, h("h2", { id: "events" }, "What else was logged"), shown.element);
}

export function rowAsked(): number | null {
  const { path } = route();
  return path[2] === "row" && path[3] !== undefined ? Number(path[3]) : null;
}
