// Starts the explorer: reads the file, and shows the view that the address names.

import "./explorer.css";
import "uplot/dist/uPlot.min.css";
import { account, rowAsked } from "./account";
import { accounts } from "./accounts";
import { App, type View } from "./app";
import { disagreement } from "./disagreement";
import { fill, h } from "./dom";
import { group } from "./group";
import { groups } from "./groups";
import { overview } from "./overview";
import { address, route } from "./route";
import { timeLine } from "./time_line";
import { readWorld } from "./world";

const VIEWS: [string, string][] = [["", "Overview"], ["time", "Time line"], ["accounts", "Accounts"], ["groups", "Groups"], ["disagreement", "Disagreement"]];

function view(app: App, into: HTMLElement): View {
  const { path } = route();
  switch (path[0]) {
    case "time": return timeLine(app, into);
    case "accounts": return accounts(app, into);
    case "account": return account(app, into, Number(path[1]), rowAsked());
    case "groups": return groups(app, into);
    case "group": return group(app, into, path.slice(1));
    case "disagreement": return disagreement(app, into);
    default: return overview(app, into);
  }
}

async function begin(root: HTMLElement): Promise<void> {
  fill(root, h("p", { class: "loading", role: "status" }, "Unpacking the recording…"));
  if (typeof DecompressionStream === "undefined") throw new Error("This browser cannot unpack the file (it lacks DecompressionStream). Use Firefox 113, Chrome 80, Safari 16.4 or later.");
  performance.mark("script");
  const world = await readWorld();
  performance.mark("unpacked");
  const nav = h("nav", { class: "views", "aria-label": "Views" }), main = h("main", { id: "view", tabindex: -1 });
  const reveal = h("div", { class: "reveal" });
  let shown: View | null = null, last = "";
  const draw = () => {
    shown?.leave?.();
    const here = route().path[0] ?? "", under = here === "account" ? "accounts" : here === "group" ? "groups" : here;
    fill(nav, VIEWS.map(([path, name]) => h("a", { href: address(path ? [path] : []), "aria-current": path === under ? "page" : null }, name)));
    if (world.about.truth) fill(reveal, h("button", { type: "button", class: "switch", role: "switch", "aria-checked": app.truth, onclick: () => app.reveal(!app.truth) }, h("i"), "Truth"));
    shown = view(app, main);
    document.title = `${shown.title} · shamcrowd explorer`;
    const path = route().path.join("/");
    if (last !== path && last !== "") { scrollTo(0, 0); main.focus({ preventScroll: true }); }
    last = path || "/";
  };
  const app = new App(world, draw);
  fill(root, h("a", { class: "skip", href: "#view", onclick: (e: Event) => { e.preventDefault(); main.focus(); } }, "Skip to the view"),
    h("header", { class: "top" }, h("div", { class: "top-in" }, h("a", { class: "brand", href: "#/" }, "shamcrowd explorer"), nav, reveal)), main,
    h("footer", {}, h("p", {}, world.about.synthetic ? "All data on this page is simulated. No person, account, address or card in it is real." : "This page shows an imported log: ids are pseudonyms.", " Times are UTC.")));
  draw();
  addEventListener("hashchange", draw);
  performance.mark("open");
}

const root = document.getElementById("explorer");
if (root) begin(root).catch((fault: unknown) => {
  fill(root, h("main", {}, h("h1", {}, "The explorer did not open"), h("p", { role: "alert" }, fault instanceof Error ? fault.message : String(fault))));
});
