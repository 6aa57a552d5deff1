import type { RlTaskConfig } from "../../../agents/task-schema.js";
import { createTraining } from "../../../agents/training.js";
import type { Picture } from "../../../envs/pictures/scene.js";
import { digest } from "../../study/digest.js";
import type { Learner as LearnerFrame } from "../messages.js";
import { type Changeable, changeable } from "./changeable.js";

/** The columns of an update that are shown, in order. */
export const shownColumns = ["rootSquareAverage", "effectiveStep", "updateNorm"] as const;

/** An agent that learns, update by update, as `ringdown train` does it. */
export class Learner {
  ended: string | undefined;
  readonly #config: RlTaskConfig;
  readonly #training: ReturnType<typeof createTraining>;
  readonly #optimizers: Changeable[] = [];
  readonly #picture: Picture | undefined;
  readonly #rows: number[] = [];
  readonly #returns: number[] = [];
  #seenChanges = 0;
  /** Whether a parameter was changed by hand since the last update, which the agent is told as of a drift. */
  #pressed = false;

  constructor(config: RlTaskConfig, seed: number) {
    this.#config = config;
    this.#training = createTraining(config, { seed, engine: "wasm" }, (options, engine) => {
      const optimizer = changeable(options, engine);
      this.#optimizers.push(optimizer);
      return optimizer;
    });
    this.#seenChanges = this.#training.env.changes;
    this.#picture = this.#training.env.spec.picture;
  }

  /** Environment steps so far, over all copies. */
  get step(): number {
    return this.#training.env.clock;
  }
  get hash(): string {
    return digest(this.#training.agent.state.parameters);
  }

  /** One update. */
  advance(): void {
    const { agent, env } = this.#training;
    if (this.ended !== undefined) return;
    const onEpisode = (clock: number, episodeReturn: number) => this.#returns.push(clock, episodeReturn);
    if (!agent.collect(this.#config.steps - env.clock, onEpisode)) {
      this.ended = "the run is at its end";
      return;
    }
    const changed = env.changes !== this.#seenChanges || this.#pressed;
    this.#seenChanges = env.changes;
    this.#pressed = false;
    const { row, divergence } = agent.learn(changed);
    this.#rows.push(env.clock, ...shownColumns.map((column) => row[column] ?? Number.NaN));
    if (divergence !== undefined) this.ended = `diverged: ${divergence}`;
  }

  accepts({ optimizer }: RlTaskConfig): boolean {
    return this.#optimizers.every((one) => one.accepts(optimizer));
  }
  take({ optimizer }: RlTaskConfig): void {
    for (const one of this.#optimizers) one.take(optimizer);
  }

  parameter(name: string): number {
    return this.#training.env.parameters.get(name);
  }
  setParameter(name: string, value: number): void {
    this.#training.env.parameters.set(name, value);
    this.#pressed = true;
  }

  /** What is new since the last call; the scene is that of the first copy. */
  frame(): LearnerFrame {
    const { agent, env } = this.#training;
    const { state, copies } = env.save();
    const own = env.spec.stateNames.map((_, variable) => state[variable * copies]);
    return {
      step: env.clock,
      updates: agent.state.update,
      scene: this.#picture?.(own, env.parameters.snapshot()) ?? null,
      rows: Float64Array.from(this.#rows.splice(0)),
      returns: Float64Array.from(this.#returns.splice(0)),
    };
  }
}
