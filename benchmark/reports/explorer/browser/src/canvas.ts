// Canvases that are sharp on every screen and as wide as their place.

import { eachFrame, h } from "./dom";
import { onNight } from "./colours";

export interface Painting { element: HTMLElement; canvas: HTMLCanvasElement; redraw: () => void; leave: () => void }

/** A canvas that `paint` draws on, given its context and size in CSS pixels; it is told what it shows. */
export function painting(
  label: string, height: () => number, paint: (c: CanvasRenderingContext2D, w: number, h: number) => void,
): Painting {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  const element = h("div", { class: "painting" }, canvas);
  const draw = () => {
    const width = element.clientWidth, tall = height();
    if (width === 0) return;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(tall * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(tall * ratio);
      canvas.style.cssText = `width:${width}px;height:${tall}px`;
    }
    const c = canvas.getContext("2d");
    if (!c) return;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, tall);
    c.font = '12px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
    c.textBaseline = "middle";
    paint(c, width, tall);
  };
  const redraw = eachFrame(draw);
  const sizes = new ResizeObserver(redraw);
  sizes.observe(element);
  const still = onNight(redraw);
  return { element, canvas, redraw, leave: () => { sizes.disconnect(); still(); } };
}

/** A text that ends in … where it would be wider than `width`. */
export function cut(c: CanvasRenderingContext2D, text: string, width: number): string {
  if (c.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && c.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}
