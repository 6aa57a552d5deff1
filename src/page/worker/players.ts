import { courseOptions, type GameTaskConfig, gameTaskSchema } from "../../../gan/config.js";
import { check } from "../../config/check.js";
import type { Game } from "../../play/game.js";
import { type Play, play } from "../../play/play.js";
import { digest } from "../../study/digest.js";
import type { Frame, Inspection } from "../messages.js";
import { Places } from "../places.js";
import { type Changeable, changeable } from "./changeable.js";
import { commandLine, studyFile } from "./reproduce.js";
import { byHand } from "./session.js";
import { assigned, type Settings } from "./settings.js";

/** The configuration of a stage's address; what is left out is as `ringdown play` has it, but for the length. */
export function gameConfig(game: string, { assignments }: Settings): GameTaskConfig {
  const base = { game: { name: game }, optimizer: { name: "sgd" }, steps: 20_000 };
  return check(gameTaskSchema, assigned(base, assignments), "the address");
}

/** A game of two players under way: the loop, the path, and what names the run. */
export class Players {
  step = 0;
  readonly path = new Places();
  /** Every observable as it is. */
  readonly observation: Float64Array;
  #config: GameTaskConfig;
  #settings: Settings;
  #ended: string | undefined;
  #changed = false;
  readonly #game: Game;
  readonly #optimizers: readonly Changeable[];
  readonly #round: Play;

  constructor(game: Game, config: GameTaskConfig, settings: Settings) {
    this.#game = game;
    this.#config = config;
    this.#settings = settings;
    const { order, optimizer, optimizers, steps: _, ...options } = courseOptions(config);
    this.#optimizers = game.players.map(({ name }) => changeable(optimizers[name] ?? optimizer, game.engine));
    this.#round = play(game, order, this.#optimizers, options);
    this.observation = new Float64Array(game.observables.length);
    this.#observe();
  }

  get config(): GameTaskConfig {
    return this.#config;
  }

  advance(steps: number, isTimeUp: () => boolean): void {
    const { losses, gradientNorms, updateNorms } = this.#round.record;
    for (let i = 0; i < steps && this.#ended === undefined; i++) {
      this.#round.step();
      this.step++;
      this.#observe();
      const broken = this.#game.players.find((_, k) => !Number.isFinite(losses[k] + gradientNorms[k] + updateNorms[k]));
      if (broken !== undefined)
        this.#ended = `diverged: the ${broken.name} player's loss, gradient or update is not finite`;
      else if (this.step >= this.#config.steps) this.#ended = "the run is at its end";
      if (isTimeUp()) break;
    }
  }

  #observe(): void {
    this.#game.observe(this.observation);
    this.path.add(this.observation.subarray(0, 2));
  }

  /** What has come since the last call. */
  frame(): Frame {
    const path = this.path.fresh();
    return this.#ended === undefined ? { step: this.step, path } : { step: this.step, path, ended: this.#ended };
  }

  /** Other options of the optimizers, where their state serves them and all else is as before. */
  change(config: GameTaskConfig, settings: Settings): boolean {
    if (settings.seed !== this.#settings.seed || fixedPart(config) !== fixedPart(this.#config)) return false;
    const { optimizer, optimizers } = courseOptions(config);
    const next = this.#game.players.map(({ name }) => optimizers[name] ?? optimizer);
    if (!this.#optimizers.every((one, player) => one.accepts(next[player]))) return false;
    this.#optimizers.forEach((one, player) => {
      one.take(next[player]);
    });
    if (this.step > 0) this.#changed = true;
    if (this.step < config.steps && this.#ended === "the run is at its end") this.#ended = undefined;
    this.#config = config;
    this.#settings = settings;
    return true;
  }

  /** The hash of the parameters as they are, and how to come to them elsewhere. */
  identity(file?: { readonly name: string; readonly text: string }): Pick<Inspection, "step" | "hashes" | "reproduce"> {
    const hashes = [digest(...this.#game.players.map(({ parameters }) => parameters))];
    const { step } = this;
    if (step === 0) return { step, hashes, reproduce: "Before the first step there is nothing to run." };
    if (this.#changed) return { step, hashes, reproduce: byHand };
    const { seed, assignments } = this.#settings;
    const { game } = this.#config;
    const words = {
      command: `ringdown play ${game.name}`,
      options: { "optimizer.name": "--optimizer", order: "--order" },
      said: ["game.name", "steps"],
    };
    const all = file === undefined ? assignments : [...assignments, `game.file=${file.name}`];
    const config = {
      ...(assigned({ game: { name: game.name }, optimizer: { name: "sgd" } }, all) as object),
      steps: step,
    };
    return {
      step,
      hashes,
      reproduce: {
        commands: [commandLine(words, all, seed, step)],
        study: studyFile("game", { run: config }, seed),
        ...(file !== undefined && { file }),
      },
    };
  }
}

function fixedPart({ optimizer: _, optimizers: __, twoTimeScale: ___, steps: ____, ...rest }: GameTaskConfig): string {
  return JSON.stringify(rest);
}
