import { InputError } from "../../src/config/input-error.js";
import { show } from "../../src/config/show.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import type { Discrete, Space } from "../spaces/index.js";
import type { Program } from "./program.js";
import { type Description, toSpace } from "./protocol.js";

/**
 * N copies of an environment that a program steps. A reset hands over a seed that is drawn from the copy's stream, so
 * that equal runs see equal episodes. The state lies in the program: there is none here.
 */
export class ProcessDynamics implements Dynamics {
  readonly copies: number;
  readonly state = new Float64Array(0);
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly parameters: Parameters;
  readonly #program: Program;
  readonly #name: string;
  readonly #observationSpace: Space;
  readonly #actionWidth: number | null;
  /** Elements of the observation space as they are written down, [copies, width]. */
  readonly #observations: Float64Array;

  /** @param program that has made `copies` copies of what is described */
  constructor(program: Program, { name, ...description }: Description, copies: number) {
    this.copies = copies;
    this.#program = program;
    this.#name = name;
    this.#observationSpace = toSpace(description.observationSpace);
    const { kind, width } = toSpace(description.actionSpace);
    this.#actionWidth = kind === "discrete" ? null : width;
    this.#observations = new Float64Array(copies * this.#observationSpace.width);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.truncated = new Uint8Array(copies);
    let made = false;
    this.parameters = new Parameters(description.parameters, (parameters) => {
      if (made) program.ask({ op: "set", parameters });
      made = true;
    });
  }

  start(copy: number, stream: RandomStream): void {
    const { observation } = this.#program.ask({ op: "reset", copy, seed: stream.integer(0x8000_0000) });
    this.#take(observation, copy, "reset");
  }

  step(actions: ArrayLike<number>): void {
    const answer = this.#program.ask({ op: "step", actions: this.#written(actions) });
    const { observations, rewards, terminated, truncated } = answer;
    const [rows, rewarded, ends, cuts] = Object.entries({ observations, rewards, terminated, truncated }).map(
      ([key, list]) => {
        if (Array.isArray(list) && list.length === this.copies) return list as readonly unknown[];
        throw this.#wrong(`step: ${key}`, `a list of ${this.copies}, one a copy`, list);
      },
    );
    for (let copy = 0; copy < this.copies; copy++) {
      this.#take(rows[copy], copy, "step");
      const reward = rewarded[copy];
      if (typeof reward !== "number") throw this.#wrong(`step: rewards.${copy}`, "a finite number", reward);
      this.rewards[copy] = reward;
      this.terminated[copy] = this.#flag(ends[copy], `terminated.${copy}`);
      this.truncated[copy] = this.#flag(cuts[copy], `truncated.${copy}`);
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    const { kind, width, size } = this.#observationSpace;
    for (let k = 0; k < size; k++) {
      into[offset + k] = kind === "discrete" ? 0 : this.#observations[copy * width + k];
    }
    if (kind === "discrete") {
      into[offset + this.#observations[copy] - (this.#observationSpace as Discrete).start] = 1;
    }
  }

  close(): void {
    this.#program.close();
  }

  /** An integer a copy, or a list. */
  #written(actions: ArrayLike<number>): (number | number[])[] {
    const width = this.#actionWidth;
    return Array.from({ length: this.copies }, (_, copy) => {
      if (width === null) return actions[copy];
      return Array.from({ length: width }, (_, k) => actions[copy * width + k]);
    });
  }

  #take(observation: unknown, copy: number, op: string): void {
    const { kind, width } = this.#observationSpace;
    const values: readonly unknown[] =
      kind === "discrete" ? [observation] : Array.isArray(observation) ? observation : [];
    const numbers = values.length === width && values.every((value) => typeof value === "number");
    if (!numbers || (kind === "discrete" && !this.#observationSpace.contains(observation))) {
      const expected = kind === "discrete" ? String(this.#observationSpace) : `a list of ${width} finite numbers`;
      throw this.#wrong(`${op}: the observation of copy ${copy}`, expected, observation);
    }
    this.#observations.set(values as readonly number[], copy * width);
  }

  #flag(value: unknown, key: string): number {
    if (typeof value === "boolean") return value ? 1 : 0;
    throw this.#wrong(`step: ${key}`, "true or false", value);
  }

  #wrong(what: string, expected: string, found: unknown): InputError {
    return new InputError(`${this.#name}: ${what}: expected ${expected}, found ${show(found)}`);
  }
}
