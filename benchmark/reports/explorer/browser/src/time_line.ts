// The time line: requests by what they are told apart by, moments below, and the accounts as a film.

import uPlot from "uplot";
import type { App, View } from "./app";
import { painting } from "./canvas";
import { onNight, style } from "./colours";
import { choice, eachFrame, fill, h, table } from "./dom";
import { dimension, dimensions, type Dimension } from "./dimensions";
import { film } from "./film";
import { count, counted, duration, moment, percent, short } from "./format";
import { histogram, type Histogram } from "./histogram";
import { lanes } from "./marks";
import { address, route, set } from "./route";
import { ticks } from "./time_axis";

const GUTTER = 52;
const RIGHT = 24;
const LANE = 24;
const MOST_ROWS = 48;

export function timeLine(app: App, into: HTMLElement): View {
  const { world } = app, { about } = world, start = about.start / 1000;
  const key = () => {
    const there = dimensions(world, app.truth).map(([name]) => name);
    const asked = route().settings.get("by") ?? "";
    return there.includes(asked) ? asked : there[0];
  };
  let by: Dimension = dimension(world, key());
  let hidden = new Set((route().settings.get("off") ?? "").split(",").filter(Boolean).map(Number));
  let held: Histogram | null = null;

  const chart = h("div", { class: "chart" }), range = h("div", { class: "chart" });
  const legend = h("div", { class: "legend", role: "group", "aria-label": "Shown" });
  const said = h("p", { class: "small window", "aria-live": "polite" });
  const beside = h("div");
  const marks = lanes(app);
  const lanesDrawn = painting("Moments below the time line; the table below has them too",
    () => marks.length * LANE + 4, drawLanes);
  let plot: uPlot | null = null, overview: uPlot | null = null;

  function series(drawn: Histogram): (number | null)[][] {
    const shown = drawn.counts.map((counts, code) => ({ counts, code })).filter(({ code }) => !hidden.has(code));
    const x = Array.from({ length: drawn.bins + 1 }, (_, i) => start + (drawn.from + i * drawn.step) / 1000);
    let below = new Float64Array(drawn.bins);
    const stacked = shown.map(({ counts }) => {
      below = below.map((value, i) => value + counts[i]);
      return [...below, below[below.length - 1] ?? 0];
    });
    // The whole stack is drawn first, each lower part over it.
    return [x, ...stacked.reverse()];
  }

  const update = eachFrame(() => {
    const begun = performance.now();
    const [from, to] = app.window;
    held = histogram(world, by.codes, by.names.length, from, to, Math.max(60, Math.min(400, chart.clientWidth / 3)));
    const shown = by.names.map((_, code) => code).filter((code) => !hidden.has(code)).reverse();
    const data = series(held) as uPlot.AlignedData;
    if (plot && plot.series.length === data.length && plot.width === chart.clientWidth && sameColours(plot, shown)) {
      plot.setData(data, false);
      scale(plot, from, to, data);
    } else {
      plot?.destroy();
      plot = main(data, shown, from, to);
    }
    if (overview && !selecting) select(overview, from, to);
    drawLegend(from, to);
    lanesDrawn.redraw();
    tell(from, to);
    performance.measure("time line", { start: begun, end: performance.now() });
    table_();
  });

  function sameColours(of: uPlot, shown: number[]): boolean {
    return shown.every((code, n) => of.series[n + 1].label === by.names[code]);
  }
  function scale(of: uPlot, from: number, to: number, data: uPlot.AlignedData): void {
    let most = 1;
    for (const value of data[1] ?? []) most = Math.max(most, value ?? 0);
    of.batch(() => {
      of.setScale("x", { min: start + from / 1000, max: start + to / 1000 });
      of.setScale("y", { min: 0, max: most * 1.08 });
    });
  }

  function axes(): uPlot.Axis[] {
    const font = '12px system-ui, "Segoe UI", "Noto Sans", sans-serif', stroke = style("soft");
    const line = { stroke: style("rule"), width: 1 };
    return [
      { font, stroke, grid: { show: false }, ticks: line, size: 30,
        splits: (u, _i, low, high) => ticks(low * 1000, high * 1000, Math.max(2, u.width / 90)).map(([t]) => t / 1000),
        values: (u, splits) => {
          const names = new Map(ticks((u.scales.x.min ?? 0) * 1000, (u.scales.x.max ?? 1) * 1000, Math.max(2, u.width / 90)));
          return splits.map((t) => names.get(t * 1000) ?? "");
        } },
      { font, stroke, grid: line, ticks: { show: false }, size: GUTTER, values: (_u, splits) => splits.map(short) },
    ];
  }

  function main(data: uPlot.AlignedData, shown: number[], from: number, to: number): uPlot {
    const paths = uPlot.paths.stepped?.({ align: 1 });
    const made = new uPlot({
      width: chart.clientWidth, height: chart.clientWidth < 600 ? 220 : 300, legend: { show: false },
      padding: [10, RIGHT, 0, 0], axes: axes(),
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      series: [{}, ...shown.map((code) => ({
        label: by.names[code], stroke: by.colour(code), fill: by.colour(code), width: 0.5, paths, points: { show: false },
      }))],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        setSelect: [(u) => {
          if (u.select.width < 4) return;
          const low = u.posToVal(u.select.left, "x"), high = u.posToVal(u.select.left + u.select.width, "x");
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          look((low - start) * 1000, (high - start) * 1000);
        }],
        setCursor: [(u) => point(u.cursor.left ?? -1, u)],
      },
    }, data, chart);
    scale(made, from, to, data);
    return made;
  }

  let selecting = false;
  function ranger(): void {
    overview?.destroy();
    const whole = histogram(world, by.codes, by.names.length, 0, world.span, 200);
    const all = new Array<number>(whole.bins + 1).fill(0);
    whole.counts.forEach((counts) => counts.forEach((value, i) => { all[i] += value; }));
    const x = all.map((_, i) => start + (whole.from + i * whole.step) / 1000);
    overview = new uPlot({
      width: range.clientWidth, height: 62, legend: { show: false }, padding: [4, RIGHT, 4, 0],
      axes: [{ show: false }, { show: true, size: GUTTER, values: () => [], ticks: { show: false }, grid: { show: false } }],
      scales: { x: { time: false, auto: false, min: start, max: start + world.span / 1000 },
        y: { range: [0, Math.max(...all, 1)] } },
      series: [{}, { stroke: style("soft"), fill: style("drawn"), width: 1, paths: uPlot.paths.stepped?.({ align: 1 }), points: { show: false } }],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      hooks: { setSelect: [(u) => {
        if (placing) return;
        const low = u.posToVal(u.select.left, "x"), high = u.posToVal(u.select.left + u.select.width, "x");
        selecting = true;
        if (u.select.width < 4) look(0, world.span); else look((low - start) * 1000, (high - start) * 1000);
        selecting = false;
      }] },
    }, [x, all], range);
    select(overview, ...app.window);
  }
  let placing = false;
  function select(of: uPlot, from: number, to: number): void {
    placing = true;
    const left = of.valToPos(start + from / 1000, "x"), right = of.valToPos(start + to / 1000, "x");
    of.setSelect({ left, top: 0, width: right - left, height: of.bbox.height / (devicePixelRatio || 1) }, false);
    placing = false;
  }

  function look(from: number, to: number): void {
    const low = Math.max(0, Math.min(from, world.span - 1000)), high = Math.min(world.span, Math.max(to, low + 1000));
    app.setWindow(low, high);
    first.value = String(low / world.span * 1000);
    last.value = String(high / world.span * 1000);
    update();
  }

  function drawLegend(from: number, to: number): void {
    if (!held) return;
    const sums = held.counts.map((counts) => counts.reduce((a, b) => a + b, 0));
    const before = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.code : undefined;
    fill(legend, by.names.map((name, code) => by.many[code] === 0 ? null : h("button", {
      type: "button", class: "chip", "aria-pressed": !hidden.has(code), "data-code": code,
      onclick: () => {
        if (hidden.has(code)) hidden.delete(code); else hidden.add(code);
        set({ off: [...hidden].sort((a, b) => a - b).join(",") });
        update();
      },
    }, h("i", { style: `background:${by.colour(code)}` }), name, h("b", {}, count(sums[code])))));
    if (before !== undefined) legend.querySelector<HTMLElement>(`[data-code="${before}"]`)?.focus();
    const all = sums.reduce((a, b, code) => a + (hidden.has(code) ? 0 : b), 0);
    windowSaid = `${moment(about.start + from)} to ${moment(about.start + to)}: ${duration(to - from)}, ${counted(all, "request")}`;
  }
  let windowSaid = "";
  function tell(from: number, to: number): void {
    fill(said, `${windowSaid}${held ? ` · a step is ${duration(held.step)}` : ""}`,
      from > 0 || to < world.span ? h("button", { type: "button", class: "link", onclick: () => look(0, world.span) }, "show all") : null);
  }

  function point(left: number, u: uPlot): void {
    if (left < 0 || !held) return tell(...app.window);
    const ms = (u.posToVal(left, "x") - start) * 1000, bin = Math.floor((ms - held.from) / held.step);
    if (bin < 0 || bin >= held.bins) return;
    const parts = by.names.map((name, code) => [name, held!.counts[code][bin], code] as const)
      .filter(([, many, code]) => many > 0 && !hidden.has(code)).sort((a, b) => b[1] - a[1]).slice(0, 5);
    fill(said, `${moment(about.start + held.from + bin * held.step)}: `,
      parts.map(([name, many]) => `${name} ${count(many)}`).join(", ") || "no request");
  }

  function drawLanes(c: CanvasRenderingContext2D, width: number): void {
    const [from, to] = app.window, inner = width - GUTTER - RIGHT;
    marks.forEach((lane, n) => {
      const y = n * LANE + LANE / 2 + 4, most = Math.max(...lane.marks.map((m) => m.size), 1);
      c.fillStyle = style("rule");
      c.fillRect(GUTTER, y + 8, inner, 1);
      c.fillStyle = lane.colour;
      for (const mark of lane.marks) {
        if (mark.at < from || mark.at > to) continue;
        const x = GUTTER + (mark.at - from) / (to - from) * inner, tall = 4 + 11 * Math.sqrt(mark.size / most);
        c.fillRect(x - 1, y + 8 - tall, 2, tall);
      }
    });
    // Names stand over the marks, so that they can be read.
    c.font = '11px system-ui, "Segoe UI", "Noto Sans", sans-serif';
    marks.forEach((lane, n) => {
      const y = n * LANE + LANE / 2 + 4, wide = c.measureText(lane.name).width;
      c.globalAlpha = 0.82;
      c.fillStyle = style("card");
      c.fillRect(2, y - 8, wide + 6, 15);
      c.globalAlpha = 1;
      c.fillStyle = style("soft");
      c.fillText(lane.name, 5, y);
    });
  }

  function table_(): void {
    if (!details.open || !held) return;
    const group = Math.ceil(held.bins / MOST_ROWS), rows: string[][] = [];
    for (let i = 0; i < held.bins; i += group) {
      const sums = held.counts.map((counts) => counts.subarray(i, i + group).reduce((a, b) => a + b, 0));
      rows.push([moment(about.start + held.from + i * held.step), ...sums.map(count)]);
    }
    const [from, to] = app.window, told: string[][] = [];
    for (const lane of marks) for (const mark of lane.marks)
      if (mark.at >= from && mark.at <= to && told.length < 200) told.push([moment(about.start + mark.at), lane.name, mark.said]);
    fill(beside, table(`Requests by ${by.label}`, ["from", ...by.names.map((n) => [n, "number"] as [string, "number"])], rows),
      h("h2", {}, "Moments"), table("Moments in this time", ["when", "what", "said"], told,
        told.length === 200 ? "The first 200; choose a shorter time to see others." : undefined));
  }

  const slider = (label: string, value: number, change: (v: number) => void) => {
    const input = h("input", { type: "range", min: 0, max: 1000, step: 1, "aria-label": label });
    input.value = String(value / world.span * 1000);
    input.addEventListener("input", () => change(Number(input.value) / 1000 * world.span));
    return input;
  };
  const first = slider("from", app.window[0], (v) => look(Math.min(v, app.window[1] - world.span / 1000), app.window[1]));
  const last = slider("to", app.window[1], (v) => look(app.window[0], Math.max(v, app.window[0] + world.span / 1000)));
  const details = h("details", { ontoggle: () => table_() }, h("summary", {}, "The same as tables"), beside);
  const played = film(app);
  fill(into,
    h("section", { "aria-labelledby": "title" },
      h("div", { class: "bar" }, h("h1", { id: "title" }, "Time line"),
        choice("told apart by", dimensions(world, app.truth), by.key, (value) => {
          set({ by: value, off: null });
          hidden = new Set();
          by = dimension(world, value);
          update();
        })),
      about.share < 1 ? h("p", { class: "caution" }, `A sample: ${counted(about.held, "request")} of ${count(about.requests)} are in this file (${percent(about.share)}), chosen evenly; numbers here are estimates from them.`) : null,
      said, chart, lanesDrawn.element, range,
      h("div", { class: "sliders" }, first, last,
        h("p", { class: "small" }, "Draw over a chart to look closer, or move the ends above.")),
      legend, details),
    played.element,
    h("p", { class: "small" }, h("a", { href: address(["accounts"]) }, "All accounts"), " · ",
      h("a", { href: address(["groups"]) }, "groups and what they share")));
  ranger();
  update();
  const sized = eachFrame(() => { ranger(); update(); });
  let wide = into.clientWidth;
  const sizes = new ResizeObserver(() => { if (into.clientWidth !== wide) { wide = into.clientWidth; sized(); } });
  sizes.observe(into);
  const still = onNight(() => { plot?.destroy(); plot = null; sized(); });
  return { title: "Time line", leave: () => {
    sizes.disconnect(); still(); plot?.destroy(); overview?.destroy(); lanesDrawn.leave(); played.leave();
  } };
}
