// Elements made from data: text only ever becomes a text node, never markup.

type Child = Node | string | number | null | undefined | false;
type Values = Record<string, unknown>;

/** An element; `on…` are listeners, the rest attributes, of which false and null are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, values: Values = {}, ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "value" || name === "checked") Reflect.set(element, name, value);
    else if (name === "style") element.style.cssText = String(value);
    else if (name.startsWith("aria-") && typeof value === "boolean") element.setAttribute(name, String(value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

export function add(to: Node, children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    to.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren();
  add(element, children);
}

/** A choice with its label. */
export function choice(
  label: string, options: [string, string][], value: string, change: (value: string) => void,
): HTMLElement {
  const select = h("select", { onchange: () => change(select.value) },
    options.map(([key, said]) => h("option", { value: key, selected: key === value }, said)));
  select.value = value;
  return h("label", { class: "choice" }, h("span", {}, label), select);
}

/** A table of few rows, the first cell of each its heading. */
export function table(
  caption: string, heads: (string | [string, "number"])[], rows: Child[][], foot?: string,
): HTMLElement {
  const numeric = heads.map((head) => Array.isArray(head));
  const cls = (i: number) => (numeric[i] ? "number" : null);
  const body = rows.map((row) => h("tr", {}, row.map((cell, i) =>
    i === 0 ? h("th", { scope: "row", class: cls(i) }, cell) : h("td", { class: cls(i) }, cell))));
  const head = heads.map((one, i) =>
    h("th", { scope: "col", class: cls(i) }, Array.isArray(one) ? one[0] : one));
  return h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, body)),
    foot ? h("p", { class: "small" }, foot) : null);
}

/** Calls at most once a frame. */
export function eachFrame(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; work(); });
  };
}
