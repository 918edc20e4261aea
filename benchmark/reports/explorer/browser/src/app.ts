// What all views share: the world, the truth's switch, and the time that is looked at.

import { route, set } from "./route";
import type { World } from "./world";

export class App {
  constructor(readonly world: World, readonly redraw: () => void) {}

  /** Whether the truth is in the file and shown. */
  get truth(): boolean { return this.world.about.truth !== null && route().settings.get("truth") === "1"; }

  reveal(shown: boolean): void {
    set({ truth: shown ? 1 : null });
    this.redraw();
  }

  /** The time looked at, ms from the start. */
  get window(): [number, number] {
    const { settings } = route(), span = this.world.span;
    const read = (name: string, other: number) => {
      const given = settings.get(name);
      const value = given === null ? other : Number(given);
      return Number.isFinite(value) ? Math.min(Math.max(value, 0), span) : other;
    };
    const from = read("from", 0), to = read("to", span);
    return to - from >= 1000 ? [from, to] : [0, span];
  }

  setWindow(from: number, to: number): void {
    const whole = from <= 0 && to >= this.world.span;
    set({ from: whole ? null : Math.round(from), to: whole ? null : Math.round(to) });
  }
}

/** A view that is on the screen; `leave` ends what goes on in it. */
export interface View { title: string; leave?: () => void }
