import { type RlTaskConfig, rlTaskSchema } from "../../../agents/task-schema.js";
import { driftable } from "../../../envs/dynamics.js";
import { spec } from "../../../envs/registry.js";
import { check } from "../../config/check.js";
import { InputError } from "../../config/input-error.js";
import type { Frame, Inspection, Setup } from "../messages.js";
import { agentGroups } from "./groups.js";
import { Learner, shownColumns } from "./learner.js";
import { commandLine, studyFile } from "./reproduce.js";
import { byHand, type Session } from "./session.js";
import { assigned, type Settings } from "./settings.js";

const base = { steps: 200_000 };

/** Two learners with the same seed, and with optimizers of their own. */
export class AgentSession implements Session {
  #settings: Settings;
  #configs: readonly RlTaskConfig[];
  readonly #learners: readonly Learner[];
  #changed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#configs = configsOf(settings);
    this.#learners = this.#configs.map((config) => new Learner(config, settings.seed));
  }

  get setup(): Setup {
    const [config, other] = this.#configs;
    return {
      groups: agentGroups(config, other, this.#settings.seed),
      steps: config.steps,
      axes: shownColumns,
      presses: pressesOf(config.env.id),
    };
  }

  get step(): number {
    return this.#learners[0].step;
  }

  /** Goes on by so many updates of both. */
  advance(updates: number, isTimeUp: () => boolean): void {
    for (let i = 0; i < updates; i++) {
      for (const learner of this.#learners) learner.advance();
      if (isTimeUp()) return;
    }
  }

  frame(): Frame {
    const ended = this.#learners.map((learner) => learner.ended);
    const learners = this.#learners.map((learner) => learner.frame());
    const done = ended.every((reason) => reason !== undefined);
    return { step: this.step, learners, ...(done && { ended: [...new Set(ended)].join("; ") }) };
  }

  change(settings: Settings): boolean {
    const configs = configsOf(settings);
    const same = configs.every((config, k) => fixedPart(config) === fixedPart(this.#configs[k]));
    if (!same || settings.seed !== this.#settings.seed) return false;
    if (!this.#learners.every((learner, k) => learner.accepts(configs[k]))) return false;
    this.#learners.forEach((learner, k) => {
      learner.take(configs[k]);
    });
    if (this.step > 0) this.#changed = true;
    this.#settings = settings;
    this.#configs = configs;
    return true;
  }

  /** A drift of one change, which takes place now: with it among the assignments the run is one of the command line. */
  press(parameter: string, value: number): readonly string[] {
    const { step } = this;
    if (step === 0) throw new InputError(`${parameter}: change it after the first update`);
    const before = this.#configs[0].env.drift;
    const entry = { parameter, schedule: { name: "at", steps: [step] }, update: { name: "cycle", values: [value] } };
    const drift = `env.drift=${JSON.stringify([...before.map(written), entry])}`;
    const replace = (texts: readonly string[]) => [...texts.filter((text) => !text.startsWith("env.drift=")), drift];
    const { assignments, other } = this.#settings;
    this.#settings = { ...this.#settings, assignments: replace(assignments), other: replace(other) };
    this.#configs = configsOf(this.#settings);
    for (const learner of this.#learners) learner.setParameter(parameter, value);
    return [drift];
  }

  inspect(): Inspection {
    return { step: this.step, hashes: this.#learners.map(({ hash }) => hash), reproduce: this.#reproduce(), table: [] };
  }

  #reproduce(): Inspection["reproduce"] {
    const { step } = this;
    if (step === 0) return "Before the first step there is nothing to run.";
    if (this.#changed) return byHand;
    const { agent } = this.#configs[0];
    if ("annealLearningRate" in agent && agent.annealLearningRate) {
      return "The learning rate falls over the whole run: a shorter run of the command line has other steps.";
    }
    const { seed, assignments, other } = this.#settings;
    const words = {
      command: "ringdown train",
      options: { "env.id": "--env", "agent.name": "--agent", "optimizer.name": "--optimizer" },
      said: ["steps"],
    };
    const commands = [assignments, other].map((texts) => commandLine(words, texts, seed, step));
    const config = (texts: readonly string[]) => ({ ...(assigned({}, texts) as object), steps: step });
    return { commands, study: studyFile("rl", { left: config(assignments), right: config(other) }, seed) };
  }
}

/** Both learners' configurations; what is left out is as `ringdown train` has it, but for the length. */
function configsOf({ assignments, other }: Settings): RlTaskConfig[] {
  return [assignments, other].map((texts) => {
    const config = check(rlTaskSchema, assigned(base, texts), "the address");
    for (const key of ["interventions", "networkMeasuresEvery", "optimizers"] as const) {
      if (config[key] !== undefined) throw new InputError(`the address: ${key}: not shown on this stage`);
    }
    return config;
  });
}

/** All but the optimizer, and but the drift, which buttons add to. */
function fixedPart({ optimizer: _, ...rest }: RlTaskConfig): string {
  return JSON.stringify(rest);
}

/** An entry of a drift as it is written, without what the schema filled in. */
function written({ clock: _, ...entry }: RlTaskConfig["env"]["drift"][number]) {
  return entry;
}

function pressesOf(id: string): Setup["presses"] {
  const { parameters } = driftable(spec(id));
  const reversed = parameters.actionPermutation?.high;
  return [
    ...(reversed === undefined
      ? []
      : [{ label: "Swap the actions", parameter: "actionPermutation", values: [0, reversed] }]),
    ...(parameters.actionScale === undefined
      ? []
      : [{ label: "Invert the action", parameter: "actionScale", values: [1, -1] }]),
    { label: "Rewards × 10", parameter: "rewardScale", values: [1, 10] },
  ];
}
