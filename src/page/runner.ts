import { element } from "./element.js";
import type { Frame } from "./messages.js";
import { Remote } from "./remote.js";

/** What becomes of the frames of a run. */
export interface Watcher {
  take(frame: Frame): void;
  draw(): void;
  /** Asks for what takes longer to find; about once a second. */
  inspect(): Promise<void>;
}

/**
 * Milliseconds of training between two frames: what a frame's own cost leaves of the time from one to the next, so that
 * the worker rests neither on a screen of 60 frames a second nor on a machine that draws 30.
 */
const budgetFor = (interval: number) => Math.min(Math.max(interval - 6, 10), 24);

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** A run in a worker, at its pace: while the page draws a frame the worker is at work on the next one. */
export class Runner {
  readonly remote = new Remote();
  /** How fast it goes, in words. */
  readonly pace = element("span", { class: "pace" });
  step = 0;
  #playing = false;
  #busy = false;
  #drawn = 0;
  #waited = 0;
  /** Milliseconds from one frame of the screen to the next. */
  #interval = 16;
  #inspected = 0;
  #rate = { since: 0, step: 0, frames: 0 };

  constructor(readonly watcher: Watcher) {}

  get playing(): boolean {
    return this.#playing;
  }

  /** Goes on until it is paused, by so many steps a frame as are asked for then. */
  async play(steps: () => number): Promise<void> {
    this.#playing = true;
    this.#rate = { since: performance.now(), step: this.step, frames: 0 };
    if (this.#busy) return;
    this.#busy = true;
    try {
      let next = this.#advance(steps());
      for (;;) {
        this.take((await next).frame);
        if (!this.#playing) break;
        next = this.#advance(steps());
        await this.#drawInTime();
        if (performance.now() - this.#inspected > 1000) await this.inspect();
      }
    } finally {
      this.#busy = false;
    }
    this.watcher.draw();
    await this.inspect();
  }

  pause(): void {
    this.#playing = false;
  }

  /** Pauses and goes on by one step. */
  async single(): Promise<void> {
    this.pause();
    this.take((await this.#advance(1)).frame);
    this.watcher.draw();
    await this.inspect();
  }

  take(frame: Frame): void {
    this.step = frame.step;
    this.watcher.take(frame);
  }

  async inspect(): Promise<void> {
    this.#inspected = performance.now();
    await this.watcher.inspect();
  }

  close(): void {
    this.pause();
    this.remote.close();
  }

  #advance(steps: number) {
    return this.remote.ask({ kind: "advance", steps, milliseconds: budgetFor(this.#interval) }, "frame");
  }

  async #drawInTime(): Promise<void> {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    this.#interval = now - this.#waited;
    this.#waited = now;
    if (still.matches && now - this.#drawn < 1000) return;
    this.#drawn = now;
    this.watcher.draw();
    this.#rate.frames++;
    const seconds = (now - this.#rate.since) / 1000;
    if (seconds < 1) return;
    const [steps, frames] = [(this.step - this.#rate.step) / seconds, this.#rate.frames / seconds];
    this.pace.textContent = `${Math.round(steps).toLocaleString("en")} steps/s, ${Math.round(frames)} frames/s`;
    if (seconds > 3) this.#rate = { since: now, step: this.step, frames: 0 };
  }
}
