import { claims } from "../../../../reports/chapters/claims.js";
import { optimizerFields } from "../../../optim/create.js";
import { problemTaskSchema } from "../../../problems/task.js";
import type { ExperimentFile } from "../../../study/schema.js";
import type { ClaimCard, Control, ControlGroup, Frame, Inspection, Setup } from "../../messages.js";
import { controlsOf } from "../controls.js";
import { withSeed } from "../groups.js";
import { studyFile } from "../reproduce.js";
import { byHand, type Session } from "../session.js";
import type { Settings } from "../settings.js";
import { type ClaimChoice, claimChoice, problemConfig, problemSchema, writtenConfig } from "./configuration.js";
import { experiments } from "./experiments.js";
import { guideOf } from "./guides.js";
import { type Law, lawsOf } from "./laws.js";
import { ProblemRun } from "./problem-run.js";

/** The stage of a claim: one run of its experiment beside the closed form, where the experiment is of problems. */
export function claimSession(settings: Settings): Session {
  const choice = claimChoice(settings, experiments);
  return choice.experiment.task === "problem" ? new ProblemSession(settings, choice) : elsewhere(settings, choice);
}

/** A claim whose runs another stage plays. */
function elsewhere({ seed }: Settings, choice: ClaimChoice): Session {
  const card = cardOf(choice);
  return {
    setup: { groups: [claimGroup(choice)], steps: 0, axes: [], presses: [], claim: card },
    step: 0,
    advance() {},
    frame: () => ({ step: 0, ended: "the runs of this claim are played on another stage, see the link" }),
    change: () => false,
    inspect: () => ({
      ...{ step: 0, hashes: [], table: [] },
      reproduce: `${card.command} runs the claim's experiment, seed ${seed} among others.`,
    }),
  };
}

class ProblemSession implements Session {
  #settings: Settings;
  #choice: ClaimChoice;
  #config: ReturnType<typeof problemConfig>;
  readonly #run: ProblemRun;
  readonly #column: string;
  readonly #law: Law | undefined;
  #rows: number[] = [];
  #changed = false;

  constructor(settings: Settings, choice: ClaimChoice) {
    this.#settings = settings;
    this.#choice = choice;
    this.#config = problemConfig(writtenConfig(choice));
    this.#run = new ProblemRun(this.#config, settings.seed);
    const { columns } = this.#run;
    const wanted = choice.column ?? guideOf(choice.claim).column;
    this.#column = columns.find((column) => column === wanted) ?? columns[0];
    this.#law = lawsOf(this.#config)[this.#column];
  }

  get setup(): Setup {
    const { problem, optimizer, steps } = this.#config;
    const column: Control = {
      path: "column",
      help: "what is drawn",
      value: this.#column,
      input: { kind: "choice", options: this.#run.columns },
    };
    return {
      groups: [
        claimGroup(this.#choice, column),
        { ...controlsOf("Problem", problemSchema(problem.name), "problem", problem), whole: true },
        controlsOf("Optimizer", optimizerFields, "optimizer", optimizer),
        withSeed(controlsOf("Run", problemTaskSchema, "", this.#config, ["steps"]), this.#settings.seed),
      ],
      steps,
      axes: [this.#column, ...(this.#law === undefined ? [] : [this.#law.words])],
      presses: [],
      claim: cardOf(this.#choice),
    };
  }

  get step(): number {
    return this.#run.step;
  }

  advance(steps: number, isTimeUp: () => boolean): void {
    const run = this.#run;
    for (let i = 0; i < steps && run.ended === undefined; i++) {
      run.advance();
      this.#rows.push(run.step, run.value(this.#column, this.#config.optimizer.lr), this.#law?.value(run.step) ?? NaN);
      if (run.step >= this.#config.steps) run.ended ??= "the run is at its end";
      if (isTimeUp()) break;
    }
  }

  frame(): Frame {
    const { step, ended } = this.#run;
    const curve = Float64Array.from(this.#rows);
    this.#rows = [];
    return { step, curve, ...(ended !== undefined && { ended }) };
  }

  /** Options of the optimizer alone; a law reckons with one value of each from the start, so it ends there. */
  change(settings: Settings): boolean {
    const choice = claimChoice(settings, experiments);
    if (choice.experiment.task !== "problem" || settings.seed !== this.#settings.seed) return false;
    if (this.step > 0 && this.#law !== undefined) return false;
    const config = problemConfig(writtenConfig(choice));
    if (choice.claim !== this.#choice.claim || choice.column !== this.#choice.column) return false;
    if (JSON.stringify(fixedPart(config)) !== JSON.stringify(fixedPart(this.#config))) return false;
    if (this.step === 0 || !this.#run.optimizer.accepts(config.optimizer)) return false;
    this.#run.optimizer.take(config.optimizer);
    this.#changed = true;
    this.#settings = settings;
    this.#choice = choice;
    this.#config = config;
    return true;
  }

  inspect(): Inspection {
    const { step } = this;
    return { step, hashes: [this.#run.hash], table: [], reproduce: this.#reproduce() };
  }

  #reproduce(): Inspection["reproduce"] {
    const { step } = this;
    if (step === 0) return "Before the first step there is nothing to run.";
    if (this.#changed) return byHand;
    const study = studyFile("problem", { run: { ...writtenConfig(this.#choice), steps: step } }, this.#settings.seed);
    return {
      commands: ["ringdown run from-the-lab.yaml --engine wasm"],
      where: "the run.json of results/from-the-lab/runs",
      file: { name: "from-the-lab.yaml", text: study },
    };
  }
}

function fixedPart({ optimizer: _, steps: __, ...rest }: ReturnType<typeof problemConfig>) {
  return rest;
}

/** The axes of its experiment whose values have names, and what is drawn. */
function claimGroup({ axes }: ClaimChoice, ...more: readonly Control[]): ControlGroup {
  const choice = (path: string, value: string, options: readonly string[], help: string): Control => ({
    ...{ path, value, help },
    input: { kind: "choice", options },
  });
  const controls = [...axes.map(({ path, labels, chosen }) => choice(`axis.${path}`, chosen, labels, "")), ...more];
  return { title: "Condition of the experiment", whole: true, controls };
}

function cardOf({ claim: name, experiment, config }: ClaimChoice): ClaimCard {
  const claim = claims.find((one) => one.name === name);
  if (claim === undefined) throw new Error(`no claim is named ${name}`);
  const { words, source } = claim;
  const command = `ringdown run chapters --only ${name}`;
  const heavy = tooHeavy(experiment);
  const link = linkFor(experiment.task, config);
  const all = Object.keys(experiments);
  return { name, all, words, source, see: guideOf(name).see, command, ...(heavy && { heavy }), ...(link && { link }) };
}

/** Why a whole experiment is not run in a page, where it is not. */
function tooHeavy({ task, tune, config, grid }: ExperimentFile): string | undefined {
  if (task === "rl") return "its runs are agents that learn, some minutes each";
  if (tune !== undefined) return "it seeks each condition's learning rate first";
  return JSON.stringify([config, grid]).includes('"classification"') ? "it trains hundreds of networks" : undefined;
}

/** The stage that plays such a run. */
function linkFor(task: string, config: Readonly<Record<string, unknown>>): ClaimCard["link"] {
  if (task === "problem") return undefined;
  const [stage, words] = task === "rl" ? (["agent", "Agent"] as const) : (["games", "Games"] as const);
  const assignments = Object.entries(config).flatMap(([key, value]) => leaves(key, value));
  return { words: `Play it on the stage ${words}`, stage, assignments };
}

/** The assignments that make up a value. */
function leaves(path: string, value: unknown): string[] {
  if (typeof value === "string") return [`${path}=${value}`];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, one]) => leaves(`${path}.${key}`, one));
}
