import type { Theme } from "../../reports/page/theme.js";
import { type Address, beginning, withAssignment, writeAddress } from "./address.js";
import { chapters } from "./chapters.js";
import { element } from "./element.js";
import { Form } from "./form.js";
import type { Frame, Inspection, Setup, Stage } from "./messages.js";
import { Refusal, Remote } from "./remote.js";
import { reproduction } from "./reproduction.js";

/** What a stage shows: pictures and what they say. It draws; the worker computes. */
export interface View {
  readonly element: HTMLElement;
  /** Half the side of the square that it shows of the plane. */
  readonly half: number;
  /** Forgets what was shown: a run begins. */
  begin(setup: Setup): void;
  take(frame: Frame): void;
  inspect(inspection: Inspection): void;
  draw(theme: Theme): void;
}

/** What a view may ask of its stage. */
export interface Asking {
  assign(path: string, value: string): void;
  /** @returns whether it could be done */
  press(parameter: string, value: number): Promise<boolean>;
  /** The points that the visitor has drawn so far, `x,y` each. */
  points(): readonly string[];
  setPoints(points: string): void;
}

export interface Speed {
  readonly label: string;
  readonly steps: number;
}

/**
 * Milliseconds of training between two frames: what a frame's own cost leaves of the time from one to the next, so that
 * the worker rests neither on a screen of 60 frames a second nor on a machine that draws 30.
 */
const budgetFor = (interval: number) => Math.min(Math.max(interval - 6, 10), 24);

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** A stage: its view, its controls, its run. */
export class StagePage {
  readonly element: HTMLElement;
  readonly #remote = new Remote();
  readonly #view: View;
  readonly #form = new Form((path, value, settled) => this.#change(path, value, settled));
  readonly #play = element("button", { type: "button", class: "primary", click: () => this.#toggle() }, "Play");
  readonly #speed: HTMLSelectElement;
  readonly #status = element("p", { class: "status", role: "status" });
  readonly #counter = element("output", { class: "counter" }, "step 0");
  readonly #pace = element("span", { class: "pace" });
  readonly #reproduction = element("div");
  #address: Address;
  #playing = false;
  #busy = false;
  #step = 0;
  #drawn = 0;
  #waited = 0;
  /** Milliseconds from one frame of the screen to the next. */
  #interval = 16;
  #inspected = 0;
  #rate = { since: 0, step: 0, frames: 0 };
  #pending: { readonly settled: boolean } | undefined;

  constructor(
    address: Address,
    lead: readonly string[],
    speeds: readonly Speed[],
    view: (asking: Asking) => View,
    readonly theme: () => Theme,
  ) {
    this.#address = address;
    this.#view = view({
      assign: (path, value) => this.#change(path, value, true),
      press: (parameter, value) => this.#press(parameter, value),
      points: () => this.#address.points.split(";").filter((point) => point !== ""),
      setPoints: (points) => this.#open({ ...this.#address, points }),
    });
    const options = speeds.map(({ label, steps }) => element("option", { value: steps }, label));
    this.#speed = element("select", { id: "speed" }, ...options);
    this.#speed.selectedIndex = speeds.length - 1;
    const button = (label: string, click: () => void) => element("button", { type: "button", click }, label);
    this.element = element(
      "div",
      { class: "stage" },
      ...lead.map((sentence) => element("p", { class: "lead" }, sentence)),
      element(
        "div",
        { class: "toolbar" },
        this.#play,
        button("Step", () => this.#single()),
        button("Restart", () => this.#open(this.#address)),
        button("Reset all", () =>
          this.#open({ ...this.#address, assignments: beginning(this.#address.stage), points: "" }),
        ),
        element("label", { for: "speed" }, "Speed"),
        this.#speed,
        this.#counter,
        this.#pace,
      ),
      this.#status,
      element(
        "details",
        { class: "chapters" },
        element("summary", {}, "What to look at"),
        element("ul", {}, ...chapterLinks(address.stage)),
      ),
      element("div", { class: "bench" }, this.#view.element, element("aside", {}, this.#form.element)),
      element("h2", {}, "Reproduce"),
      this.#reproduction,
    );
  }

  close(): void {
    this.#playing = false;
    this.#remote.close();
  }

  redraw(): void {
    this.#view.draw(this.theme());
  }

  /** Shows what an address says, from the first step. */
  async show(address: Address): Promise<void> {
    this.#pause();
    this.#address = address;
    const { stage, assignments, points } = address;
    await this.#guard(async () => {
      const { setup, frame } = await this.#remote.ask({ kind: "start", stage, assignments, points }, "started");
      this.#begin(setup, frame);
      await this.#inspect();
    });
  }

  /** The same, as a new entry of the browser's history. */
  #open(address: Address): void {
    history.pushState(null, "", writeAddress(address));
    void this.show(address);
  }

  #begin(setup: Setup, frame: Frame): void {
    this.#form.show(setup.groups);
    this.#view.begin(setup);
    this.#status.textContent = "";
    this.#take(frame);
    this.redraw();
  }

  #take(frame: Frame): void {
    this.#step = frame.step;
    this.#view.take(frame);
    this.#counter.textContent = `step ${frame.step.toLocaleString("en")}`;
    if (frame.ended === undefined) return;
    this.#pause();
    this.#status.textContent = `At step ${frame.step}: ${frame.ended}.`;
  }

  #toggle(): void {
    if (this.#playing) {
      this.#pause();
      return;
    }
    this.#playing = true;
    this.#play.textContent = "Pause";
    this.#rate = { since: performance.now(), step: this.#step, frames: 0 };
    void this.#guard(() => this.#run());
  }

  #pause(): void {
    this.#playing = false;
    this.#play.textContent = "Play";
  }

  /** While the page draws a frame the worker is at work on the next one. */
  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      let next = this.#advance();
      for (;;) {
        const { frame } = await next;
        this.#take(frame);
        if (!this.#playing) break;
        next = this.#advance();
        await this.#drawInTime();
        if (performance.now() - this.#inspected > 1000) await this.#inspect();
      }
    } finally {
      this.#busy = false;
    }
    this.redraw();
    await this.#inspect();
  }

  #advance(steps = Number(this.#speed.value)) {
    return this.#remote.ask({ kind: "advance", steps, milliseconds: budgetFor(this.#interval) }, "frame");
  }

  async #drawInTime(): Promise<void> {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    this.#interval = now - this.#waited;
    this.#waited = now;
    if (still.matches && now - this.#drawn < 1000) return;
    this.#drawn = now;
    this.redraw();
    this.#rate.frames++;
    const seconds = (now - this.#rate.since) / 1000;
    if (seconds < 1) return;
    const [steps, frames] = [(this.#step - this.#rate.step) / seconds, this.#rate.frames / seconds];
    this.#pace.textContent = `${Math.round(steps).toLocaleString("en")} steps/s, ${Math.round(frames)} frames/s`;
    if (seconds > 3) this.#rate = { since: now, step: this.#step, frames: 0 };
  }

  #single(): void {
    this.#pause();
    void this.#guard(async () => {
      const { frame } = await this.#advance(1);
      this.#take(frame);
      this.redraw();
      await this.#inspect();
    });
  }

  async #inspect(): Promise<void> {
    this.#inspected = performance.now();
    const { inspection } = await this.#remote.ask({ kind: "inspect", half: this.#view.half }, "inspected");
    this.#view.inspect(inspection);
    this.#reproduction.replaceChildren(...reproduction(inspection));
    if (!this.#playing) this.redraw();
  }

  /** A control's new value; of a slider that moves, the worker sees the newest only. */
  #change(path: string, value: string, settled: boolean): void {
    this.#address = { ...this.#address, assignments: withAssignment(this.#address.assignments, path, value) };
    const address = writeAddress(this.#address);
    if (settled) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    const waiting = this.#pending !== undefined;
    this.#pending = { settled };
    if (!waiting) void this.#guard(() => this.#send());
  }

  async #send(): Promise<void> {
    while (this.#pending !== undefined) {
      const { assignments } = this.#address;
      this.#pending = undefined;
      const { setup, goesOn, frame } = await this.#remote.ask({ kind: "change", assignments }, "changed");
      if (!goesOn) this.#begin(setup, frame);
      else {
        this.#form.show(setup.groups);
        this.#status.textContent = this.#step === 0 ? "" : `Options changed at step ${this.#step}; the state is kept.`;
      }
    }
    await this.#inspect();
  }

  #press(parameter: string, value: number): Promise<boolean> {
    return this.#guard(async () => {
      const { assignments } = await this.#remote.ask({ kind: "press", parameter, value }, "pressed");
      for (const text of assignments) {
        const equals = text.indexOf("=");
        const [path, set] = [text.slice(0, equals), text.slice(equals + 1)];
        this.#address = { ...this.#address, assignments: withAssignment(this.#address.assignments, path, set) };
      }
      history.replaceState(null, "", writeAddress(this.#address));
      this.#status.textContent = `${parameter} is ${value} from step ${this.#step} on.`;
      await this.#inspect();
    });
  }

  /** Says what is refused; returns whether nothing was. */
  async #guard(run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#pending = undefined;
      this.#status.textContent = `Refused: ${error.message}.`;
      return false;
    }
  }
}

function chapterLinks(stage: Stage): HTMLElement[] {
  return chapters[stage].map(({ claim, assignments }) => {
    const href = writeAddress({ stage, assignments: [...assignments, "seed=1"], points: "" });
    return element("li", {}, element("a", { href }, claim));
  });
}
