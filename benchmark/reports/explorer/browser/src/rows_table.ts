// A table of any length: only the rows in sight are in the page.

import { eachFrame, fill, h } from "./dom";

export interface Column<Row> {
  key: string; head: string; number?: boolean; wide?: boolean;
  /** Left out on narrow screens. */
  minor?: boolean;
  cell: (row: Row) => Node | string;
  /** Ascending order of two rows; without it nobody sorts by the column. */
  order?: (a: Row, b: Row) => number;
  title?: string;
}

export interface RowsTable<Row> {
  element: HTMLElement;
  show: (rows: ArrayLike<Row>, sorted: { key: string; down: boolean } | null) => void;
  /** Scrolls to a row and marks it. */
  go: (n: number) => void;
}

const HEIGHT = 36;
const MARGIN = 6;

export function rowsTable<Row>(
  label: string, columns: Column<Row>[], tall: number, open: ((row: Row) => void) | null,
  sort: ((key: string) => void) | null, empty: string,
): RowsTable<Row> {
  let rows: ArrayLike<Row> = [], active = -1;
  const cls = (c: Column<Row>) => `${c.number ? "number" : ""}${c.wide ? " wide" : ""}${c.minor ? " minor" : ""}`;
  const head = h("div", { role: "row", class: "rows-head", "aria-rowindex": 1 });
  const body = h("div", { class: "rows-body", role: "rowgroup" });
  const scroller = h("div", { class: "rows", role: "table", "aria-label": label, tabindex: 0, style: `max-height:${tall}px` },
    h("div", { role: "rowgroup", class: "rows-top" }, head), body);
  const nothing = h("p", { class: "empty", hidden: true }, empty);

  const draw = eachFrame(() => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / HEIGHT) - MARGIN);
    const last = Math.min(rows.length, Math.ceil((scroller.scrollTop + tall) / HEIGHT) + MARGIN);
    const focused = body.contains(document.activeElement) ? (document.activeElement?.closest("[data-n]") as HTMLElement | null)?.dataset.n : null;
    const drawn = [];
    for (let n = first; n < last; n++) {
      drawn.push(h("div", {
        role: "row", class: n === active ? "row active" : "row", "data-n": n, "aria-rowindex": n + 2,
        style: `top:${n * HEIGHT}px`, onclick: () => { active = n; open?.(rows[n]); },
      }, columns.map((c, i) => h("div", { role: i === 0 ? "rowheader" : "cell", class: cls(c) }, c.cell(rows[n])))));
    }
    fill(body, drawn);
    if (focused) body.querySelector<HTMLElement>(`[data-n="${focused}"] a`)?.focus({ preventScroll: true });
  });
  scroller.addEventListener("scroll", draw, { passive: true });
  scroller.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined && rows.length) {
      event.preventDefault();
      go(Math.min(rows.length - 1, Math.max(0, active + step)));
    } else if (event.key === "Enter" && event.target === scroller && active >= 0) open?.(rows[active]);
  });
  function go(n: number): void {
    active = n;
    const top = n * HEIGHT;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + 2 * HEIGHT > scroller.scrollTop + tall) scroller.scrollTop = top + 2 * HEIGHT - tall;
    draw();
  }
  return {
    element: h("div", {}, scroller, nothing), go,
    show: (given, sorted) => {
      rows = given;
      active = -1;
      scroller.scrollTop = 0;
      scroller.setAttribute("aria-rowcount", String(rows.length + 1));
      scroller.hidden = rows.length === 0;
      nothing.hidden = rows.length > 0;
      body.style.height = `${rows.length * HEIGHT}px`;
      fill(head, columns.map((c) => {
        const state = sorted?.key === c.key ? (sorted.down ? "descending" : "ascending") : "none";
        const arrow = state === "none" ? "" : sorted?.down ? " ↓" : " ↑";
        return h("div", { role: "columnheader", class: cls(c), "aria-sort": c.order ? state : null, title: c.title },
          c.order && sort ? h("button", { type: "button", onclick: () => sort(c.key) }, c.head + arrow) : c.head);
      }));
      draw();
    },
  };
}
