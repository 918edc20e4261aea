// All accounts: search, filter, sort.

import type { App, View } from "./app";
import { choice, fill, h } from "./dom";
import { groupColour } from "./dimensions";
import { count, counted, date, percent, short } from "./format";
import { address, route, set } from "./route";
import { rowsTable, type Column } from "./rows_table";

const FLAGS: [string, string][] = [["", "any"], ["some", "by a detector"], ["none", "by none"], ["most", "by more than one"]];

export function accountLink(app: App, account: number): HTMLElement {
  return h("a", { href: address(["account", app.world.id[account]]) }, app.world.name(account) || `account ${app.world.id[account]}`);
}

/** The name of an account's group with its colour. */
export function groupName(app: App, group: number): HTMLElement {
  const one = app.world.groups[group];
  return h("span", { class: "key" }, h("i", { style: `background:${groupColour(app.world, group)}` }), one?.name ?? "not known");
}

/** The columns that views of accounts share. */
export function accountColumns(app: App): Column<number>[] {
  const { world } = app;
  const created = world.column("account.created"), requests = world.column("account.requests"), tokens = world.column("account.tokens");
  const plan = world.column("account.plan"), country = world.column("account.country"), names = world.about.account.names;
  const text = (of: string[], code: number) => (code < 0 ? "" : of[code]);
  const found: Column<number>[] = [
    { key: "name", head: "account", wide: true, cell: (a) => accountLink(app, a), order: (a, b) => world.name(a).localeCompare(world.name(b)) },
    { key: "requests", head: "requests", number: true, cell: (a) => count(requests[a]), order: (a, b) => requests[a] - requests[b] },
    { key: "tokens", head: "tokens", number: true, minor: true, cell: (a) => short(tokens[a]), order: (a, b) => tokens[a] - tokens[b] },
  ];
  if (world.detectors.some((d) => !d.control)) found.push({
    key: "flags", head: "flagged by", number: true, title: "Detectors that flag it; controls do not count",
    cell: (a) => (world.flags(a) === 0 ? "–" : String(world.flags(a))), order: (a, b) => world.flags(a) - world.flags(b) || best(app, b) - best(app, a),
  });
  if (app.truth) {
    const abusive = world.column("truth.abusive");
    found.push(
      { key: "group", head: "group", wide: true, cell: (a) => groupName(app, world.group(a)), order: (a, b) => world.group(a) - world.group(b) },
      { key: "abusive", head: "abusive", number: true, minor: true, title: "Abusive requests", cell: (a) => (abusive[a] ? count(abusive[a]) : "–"), order: (a, b) => abusive[a] - abusive[b] },
    );
  }
  found.push(
    { key: "plan", head: "plan", minor: true, cell: (a) => text(names.plan, plan[a]), order: (a, b) => plan[a] - plan[b] },
    { key: "country", head: "country", minor: true, cell: (a) => text(names.country, country[a]), order: (a, b) => text(names.country, country[a]).localeCompare(text(names.country, country[b])) },
    { key: "created", head: "signed up", minor: true, cell: (a) => date(world.about.start + created[a] * 1000), order: (a, b) => created[a] - created[b] },
  );
  const missing = world.about.missing.accounts ?? [];
  return found.filter((c) => !missing.includes(c.key));
}

/** The best place that a detector gives an account. */
export function best(app: App, account: number): number {
  let least = 1;
  for (const one of app.world.detectors) if (!one.control) least = Math.min(least, one.place[account]);
  return least;
}

export function accounts(app: App, into: HTMLElement): View {
  const { world } = app, names = world.about.account.names;
  const columns = accountColumns(app);
  const setting = (name: string) => route().settings.get(name) ?? "";
  const text = Array.from({ length: world.accounts }, (_, a) => {
    const mailbox = world.column("account.mailbox")[a], place = world.column("account.address")[a];
    return `${world.name(a)} ${world.id[a]} ${world.label("mailboxes", mailbox)} ${world.label("addresses", place)}`.toLowerCase();
  });
  const all = Uint32Array.from({ length: world.accounts }, (_, a) => a);
  const tall = Math.max(320, Math.min(innerHeight - 260, 900));
  const sorted = () => {
    const asked = setting("sort") || (columns.some((c) => c.key === "flags") ? "-flags" : "-requests");
    return { key: asked.replace(/^-/, ""), down: asked.startsWith("-") };
  };
  const shown = rowsTable<number>("Accounts", columns, tall, (a) => { location.hash = address(["account", world.id[a]]); },
    (key) => {
      const now = sorted();
      set({ sort: now.key === key && now.down ? key : `-${key}` });
      update();
    }, "No account is like this. Change the search or the filters.");
  const said = h("p", { class: "small", role: "status" });

  function update(): void {
    const begun = performance.now();
    const query = setting("q").toLowerCase().trim(), words = query ? query.split(/\s+/) : [];
    const plan = names.plan.indexOf(setting("plan")), country = names.country.indexOf(setting("country"));
    const flagged = setting("flagged"), group = world.groups.findIndex((g) => g.name === setting("group"));
    const plans = world.column("account.plan"), countries = world.column("account.country");
    const detector = world.detectors.find((d) => d.name === flagged);
    const found = all.filter((a) => {
      if (plan >= 0 && plans[a] !== plan) return false;
      if (country >= 0 && countries[a] !== country) return false;
      if (app.truth && group >= 0 && world.group(a) !== group) return false;
      if (detector) { if (detector.flagged[a] < 0) return false; }
      else if (flagged) {
        const many = world.flags(a);
        if (flagged === "some" ? many < 1 : flagged === "none" ? many > 0 : many < 2) return false;
      }
      return words.every((word) => text[a].includes(word));
    });
    const by = sorted(), column = columns.find((c) => c.key === by.key) ?? columns[0];
    const order = column.order;
    if (order) found.sort((a, b) => (by.down ? order(b, a) : order(a, b)) || a - b);
    shown.show(found, by);
    fill(said, found.length === world.accounts ? `${counted(world.accounts, "account")}` : `${count(found.length)} of ${counted(world.accounts, "account")} (${percent(found.length / world.accounts)})`);
    performance.measure("accounts", { start: begun, end: performance.now() });
  }
  const search = h("input", { type: "search", value: setting("q"), placeholder: "name, id, mail domain, address" });
  search.addEventListener("input", () => { set({ q: search.value }); update(); });
  const pick = (name: string, label: string, options: [string, string][]) =>
    choice(label, options, setting(name), (value) => { set({ [name]: value }); update(); });
  const values = (of: string[]): [string, string][] => [["", "any"], ...[...of].sort().map((n) => [n, n] as [string, string])];
  const flags = [...FLAGS, ...world.detectors.map((d) => [d.name, `by ${d.name}`] as [string, string])];
  fill(into, h("section", { "aria-labelledby": "title" },
    h("h1", { id: "title" }, "Accounts"),
    h("div", { class: "bar filters" }, h("label", { class: "choice" }, h("span", {}, "search"), search),
      world.detectors.length ? pick("flagged", "flagged", flags) : null,
      app.truth ? pick("group", "group", [["", "any"], ...world.groups.map((g) => [g.name, g.name] as [string, string])]) : null,
      pick("plan", "plan", values(names.plan)), pick("country", "country", values(names.country))),
    said, shown.element,
    h("p", { class: "small" }, "A heading sorts. In the list, arrow keys move and Enter opens.")));
  update();
  return { title: "Accounts" };
}
