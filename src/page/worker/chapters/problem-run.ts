import { definitionOf } from "../../../config/definitions.js";
import type { Game } from "../../../play/game.js";
import { type Play, play } from "../../../play/play.js";
import type { ProblemDefinition } from "../../../problems/definition.js";
import { problems } from "../../../problems/index.js";
import type { ProblemTaskConfig } from "../../../problems/task.js";
import { Streams } from "../../../rng/streams.js";
import { digest } from "../../../study/digest.js";
import { type Changeable, changeable } from "../changeable.js";

/** A run of the task `problem`, step by step. */
export class ProblemRun {
  step = 0;
  ended: string | undefined;
  /** What can be drawn: the problem's observables and the step in units of the learning rate. */
  readonly columns: readonly string[];
  readonly optimizer: Changeable;
  readonly #game: Game;
  readonly #round: Play;
  readonly #observation: Float64Array;

  constructor({ problem: options, optimizer }: ProblemTaskConfig, seed: number) {
    const game = definitionOf<ProblemDefinition>(problems, options.name).create(options, new Streams(seed), "wasm");
    this.#game = game;
    this.columns = [...game.observables, "normalisedStep"];
    this.optimizer = changeable(optimizer, game.engine);
    const rules = game.players.map(() => this.optimizer);
    this.#round = play(game, "simultaneous", rules);
    this.#observation = new Float64Array(game.observables.length);
  }

  /** One step. */
  advance(): void {
    this.#round.step();
    this.step++;
    const finite = this.#game.players.every(({ parameters }) => parameters.every(Number.isFinite));
    if (!finite) this.ended = "diverged: a parameter is not finite";
  }

  /** The value of a column at the present step. */
  value(column: string, lr: number): number {
    const index = this.#game.observables.indexOf(column);
    if (index < 0) return Math.sqrt(this.#round.record.updateNorms.reduce((sum, norm) => sum + norm * norm, 0)) / lr;
    this.#game.observe(this.#observation);
    return this.#observation[index];
  }

  get hash(): string {
    return digest(...this.#game.players.map(({ parameters }) => parameters));
  }
}
