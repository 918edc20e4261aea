// Colours that people with colour-blindness tell apart too, by day and by night.
// Cool ones stand for legitimate groups, warm ones for campaigns; neither is the only sign.

const CATEGORICAL = [
  ["#0b6fb3", "#5fb0ec"], ["#d98c00", "#f0b23c"], ["#0a8f6c", "#35c79e"], ["#c8501e", "#f08a55"],
  ["#a8447f", "#e39ac6"], ["#3aa0d8", "#9bd8f9"], ["#5b4bb5", "#a99cf2"], ["#8a7a1f", "#d6c95a"],
];
const COOL = [
  ["#1f5f8b", "#7db8e0"], ["#3aa0d8", "#a8dcf8"], ["#0a8f6c", "#35c79e"], ["#7a8fa6", "#8b9bb0"],
  ["#5b4bb5", "#a99cf2"], ["#2f7f86", "#6fc3c9"], ["#9fb4c8", "#5e6f84"], ["#123a63", "#4f8fd0"],
  ["#66b58f", "#1f8f63"], ["#8f84d8", "#7a68d8"], ["#46566b", "#c3cedb"], ["#5fb3b8", "#2d8d95"],
];
const WARM = [
  ["#d9622b", "#f08a55"], ["#b3126a", "#f07ab8"], ["#d99a00", "#f0c04c"], ["#8a3b12", "#d9a07c"],
  ["#c9a227", "#e8d67a"],
];

const night = matchMedia("(prefers-color-scheme: dark)");
const pick = (list: string[][], n: number) => list[n % list.length][night.matches ? 1 : 0];

export const categorical = (n: number) => pick(CATEGORICAL, n);
export const legitimate = (n: number) => pick(COOL, n);
export const sham = (n: number) => pick(WARM, n);
export const MOST_COLOURS = CATEGORICAL.length;

/** A colour of the style sheet, by its name there. */
export function style(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
export const grey = () => (night.matches ? "#596575" : "#b3bac4");
export const quiet = () => (night.matches ? "#39424e" : "#d5d9de");
export function onNight(redraw: () => void): () => void {
  night.addEventListener("change", redraw);
  return () => night.removeEventListener("change", redraw);
}
