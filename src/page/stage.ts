import type { Theme } from "../../reports/page/theme.js";
import { type Address, beginning, withAssignment, writeAddress } from "./address.js";
import { element } from "./element.js";
import { examples } from "./examples.js";
import { Form } from "./form.js";
import type { Frame, Inspection, Setup, Stage } from "./messages.js";
import { Refusal } from "./remote.js";
import { reproduction } from "./reproduction.js";
import { Runner } from "./runner.js";

/** What a stage shows: pictures and what they say. It draws; the worker computes. */
export interface View {
  readonly element: HTMLElement;
  /** What needs the width of the page. */
  readonly below?: HTMLElement;
  /** Half the side of the square that it shows of the plane. */
  readonly half: number;
  /** Forgets what was shown: a run begins. */
  begin(setup: Setup): void;
  take(frame: Frame): void;
  inspect(inspection: Inspection): void;
  draw(theme: Theme): void;
  /** Ends what goes on behind it. */
  close?(): void;
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

/** A stage: its view, its controls, its run. */
export class StagePage {
  readonly element: HTMLElement;
  readonly #run = new Runner({
    take: (frame) => this.#take(frame),
    draw: () => this.redraw(),
    inspect: () => this.#inspect(),
  });
  readonly #view: View;
  readonly #form = new Form((path, value, settled) => this.#change(path, value, settled));
  readonly #play = element("button", { type: "button", class: "primary", click: () => this.#toggle() }, "Play");
  readonly #speed: HTMLSelectElement;
  readonly #status = element("p", { class: "status", role: "status" });
  readonly #counter = element("output", { class: "counter" }, "step 0");
  readonly #reproduction = element("div");
  #address: Address;
  /** Whether a change of the controls waits to be sent. */
  #pending = false;

  constructor(
    address: Address,
    lead: readonly string[],
    speeds: readonly Speed[],
    view: (asking: Asking) => View,
    readonly theme: () => Theme,
    /** Whether it plays from where it begins, without being asked. */
    readonly plays: boolean,
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
    this.element = element(
      "div",
      { class: "stage" },
      ...lead.map((sentence) => element("p", { class: "lead" }, sentence)),
      this.#toolbar(),
      this.#status,
      ...lookAt(address.stage),
      element("div", { class: "bench" }, this.#view.element, element("aside", {}, this.#form.element)),
      ...(this.#view.below === undefined ? [] : [this.#view.below]),
      element("h2", {}, "Reproduce"),
      this.#reproduction,
    );
  }

  close(): void {
    this.#run.close();
    this.#view.close?.();
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
      const { setup, frame } = await this.#run.remote.ask({ kind: "start", stage, assignments, points }, "started");
      this.#begin(setup, frame);
      await this.#run.inspect();
    });
  }

  #toolbar(): HTMLElement {
    const button = (label: string, click: () => void) => element("button", { type: "button", click }, label);
    const single = () => {
      this.#pause();
      void this.#guard(() => this.#run.single());
    };
    const reset = () => this.#open({ ...this.#address, assignments: beginning(this.#address.stage), points: "" });
    return element(
      "div",
      { class: "toolbar" },
      this.#play,
      button("Step", single),
      button("Restart", () => this.#open(this.#address)),
      button("Reset all", reset),
      element("label", { for: "speed" }, "Speed"),
      this.#speed,
      this.#counter,
      this.#run.pace,
    );
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
    this.#run.take(frame);
    this.redraw();
    if (this.plays && frame.ended === undefined && !this.#run.playing) this.#toggle();
  }

  #take(frame: Frame): void {
    this.#view.take(frame);
    this.#counter.textContent = `step ${frame.step.toLocaleString("en")}`;
    if (frame.ended === undefined) return;
    this.#pause();
    this.#status.textContent = `At step ${frame.step}: ${frame.ended}.`;
  }

  #toggle(): void {
    if (this.#run.playing) {
      this.#pause();
      return;
    }
    this.#play.textContent = "Pause";
    void this.#guard(() => this.#run.play(() => Number(this.#speed.value)));
  }

  #pause(): void {
    this.#run.pause();
    this.#play.textContent = "Play";
  }

  async #inspect(): Promise<void> {
    const { inspection } = await this.#run.remote.ask({ kind: "inspect", half: this.#view.half }, "inspected");
    this.#view.inspect(inspection);
    this.#reproduction.replaceChildren(...reproduction(inspection));
    if (!this.#run.playing) this.redraw();
  }

  /** A control's new value; of a slider that moves, the worker sees the newest only. */
  #change(path: string, value: string, settled: boolean): void {
    this.#address = { ...this.#address, assignments: withAssignment(this.#address.assignments, path, value) };
    const address = writeAddress(this.#address);
    if (settled) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    const waiting = this.#pending;
    this.#pending = true;
    if (!waiting) void this.#guard(() => this.#send());
  }

  async #send(): Promise<void> {
    while (this.#pending) {
      const { assignments } = this.#address;
      this.#pending = false;
      const { setup, goesOn, frame } = await this.#run.remote.ask({ kind: "change", assignments }, "changed");
      if (!goesOn) this.#begin(setup, frame);
      else {
        const { step } = this.#run;
        this.#form.show(setup.groups);
        this.#status.textContent = step === 0 ? "" : `Options changed at step ${step}; the state is kept.`;
      }
    }
    await this.#run.inspect();
  }

  #press(parameter: string, value: number): Promise<boolean> {
    return this.#guard(async () => {
      const { assignments } = await this.#run.remote.ask({ kind: "press", parameter, value }, "pressed");
      for (const text of assignments) {
        const equals = text.indexOf("=");
        const [path, set] = [text.slice(0, equals), text.slice(equals + 1)];
        this.#address = { ...this.#address, assignments: withAssignment(this.#address.assignments, path, set) };
      }
      history.replaceState(null, "", writeAddress(this.#address));
      this.#status.textContent = `${parameter} is ${value} from step ${this.#run.step} on.`;
      await this.#run.inspect();
    });
  }

  /** Says what is refused; returns whether nothing was. */
  async #guard(run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#pending = false;
      this.#status.textContent = `Refused: ${error.message}.`;
      return false;
    }
  }
}

/** Links to what a stage can show. */
function lookAt(stage: Stage): HTMLElement[] {
  const links = examples[stage].map(({ words, assignments }) => {
    const href = writeAddress({ stage, assignments: [...assignments, "seed=1"], points: "" });
    return element("li", {}, element("a", { href }, words));
  });
  if (links.length === 0) return [];
  const list = element("ul", {}, ...links);
  return [element("details", { class: "examples" }, element("summary", {}, "What to look at"), list)];
}
