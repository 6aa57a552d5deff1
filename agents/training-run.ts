import { driftingParameters } from "../envs/drift/options.js";
import { mean } from "../src/stats/mean.js";
import { windowedMean } from "../src/stats/windowed-mean.js";
import { type Column, columnsNamed } from "../src/study/tables.js";
import type { Outcome, RunContext, RunResult, Table } from "../src/study/task.js";
import { type Checkpoint, restoreTraining, saveTraining } from "./checkpoint.js";
import { definitionOf } from "./definitions.js";
import { measureNetworks } from "./network-measures.js";
import { rlTables } from "./tables.js";
import type { RlTaskConfig } from "./task-schema.js";
import { createTraining, type EngineTraining } from "./training.js";

/** Episodes that a run's mean return is taken over. */
const recent = 100;

/**
 * A run of the task `rl`, one update at a time:
 *
 *     const run = new TrainingRun(config, context);
 *     while (run.advance());
 *     return run.result();
 *
 * Between two updates it can be saved, and a run of the same configuration and seed restored from what was saved: it ends
 * with the rows and parameters of one that never stopped.
 */
export class TrainingRun {
  readonly #config: RlTaskConfig;
  readonly #progress: RunContext["progress"];
  readonly #training: EngineTraining;
  /** The columns of the agent's rows, in order. */
  readonly #recorded: readonly string[];
  readonly #drifting: readonly string[];
  readonly #metrics: Table;
  readonly #episodes: Table<keyof typeof rlTables.episodes.columns>;
  readonly #networks: Table<keyof typeof rlTables.networks.columns> | undefined;
  readonly #interventions: Table<keyof typeof rlTables.interventions.columns> | undefined;
  readonly #lastReturns: number[] = [];
  #seenChanges: number;
  #outcome: Outcome = { kind: "completed" };

  constructor(config: RlTaskConfig, context: RunContext) {
    this.#config = config;
    this.#progress = context.progress;
    this.#training = createTraining(config, context);
    const { env } = this.#training;
    this.#seenChanges = env.changes;
    const { columns } = definitionOf(config.agent);
    this.#recorded = Object.keys(columns);
    this.#drifting = driftingParameters(config.env.drift, env.spec.distributions);
    const { update, step, changes } = rlTables.metrics.columns;
    const drifting = columnsNamed(this.#drifting, rlTables.metrics.further["<parameter>"]);
    this.#metrics = context.table(rlTables.metrics, { update, step, ...columns, changes, ...drifting });
    this.#episodes = context.table(rlTables.episodes);
    if (config.networkMeasuresEvery !== undefined) this.#networks = context.table(rlTables.networks);
    if (config.interventions !== undefined) this.#interventions = context.table(rlTables.interventions);
  }

  /** Environment steps done, over all copies. */
  get step(): number {
    return this.#training.env.clock;
  }
  get outcome(): Outcome {
    return this.#outcome;
  }
  get tables(): readonly Table[] {
    return [this.#metrics, this.#episodes, this.#networks, this.#interventions].filter((table) => table !== undefined);
  }

  /**
   * Plays and learns until the next update is done, or left out by an intervention.
   *
   * @returns false where the run has come to its end, and nothing was played
   */
  advance(): boolean {
    const { agent, env, interventions } = this.#training;
    const { steps } = this.#config;
    if (this.#outcome.kind !== "completed" || !agent.collect(steps - env.clock, this.#onEpisode)) return false;
    const changed = env.changes !== this.#seenChanges;
    this.#seenChanges = env.changes;
    if (interventions?.before(env.clock, changed, this.#onIntervention) !== "skip") {
      const { row, divergence } = agent.learn(changed);
      this.#record(row);
      if (divergence !== undefined) this.#outcome = { kind: "diverged", step: env.clock, reason: divergence };
    }
    this.#progress(
      env.clock / steps,
      this.#lastReturns.length > 0 ? { meanReturnLast100: mean(this.#lastReturns) } : {},
    );
    return true;
  }

  /** Everything but the rows, which are in {@link tables}. */
  save(): Checkpoint {
    return saveTraining(this.#training);
  }

  /**
   * Goes on where a run was saved; before the first {@link advance}.
   *
   * @param rows of each table then, by column
   */
  restore(checkpoint: Checkpoint, rows: Readonly<Record<string, Readonly<Record<string, Column>>>>): void {
    restoreTraining(checkpoint, this.#training);
    this.#seenChanges = this.#training.env.changes;
    for (const table of this.tables) {
      const columns = Object.keys(table.types).map((name) => rows[table.name][name]);
      for (let row = 0; row < columns[0].length; row++) table.append(...columns.map((column) => column[row]));
    }
    this.#lastReturns.push(...this.#episodes.columns().return.slice(-recent));
  }

  /** Ends the use of the environment. */
  close(): void {
    this.#training.env.close();
  }

  /** Outcome, summary and parameters as they are now. */
  result(): RunResult {
    const { agent, env } = this.#training;
    const episodes = this.#episodes.columns();
    return {
      outcome: this.#outcome,
      summary: {
        episodes: this.#episodes.rows,
        meanReturnLast100: this.#lastReturns.length > 0 ? mean(this.#lastReturns) : null,
        meanReturnOverTime: this.#episodes.rows > 0 ? windowedMean(episodes.step, episodes.return, 0, env.clock) : null,
        changes: env.changes,
        steps: env.clock,
        updates: agent.state.update,
      },
      parameters: [agent.state.parameters],
    };
  }

  readonly #onEpisode = (clock: number, episodeReturn: number, length: number, copy: number): void => {
    this.#episodes.appendRow({ step: clock, return: episodeReturn, length, copy });
    this.#lastReturns.push(episodeReturn);
    if (this.#lastReturns.length > recent) this.#lastReturns.shift();
  };

  readonly #onIntervention = (intervention: number): void => {
    const { agent, env } = this.#training;
    this.#interventions?.appendRow({ step: env.clock, update: agent.state.update, intervention });
  };

  #record(row: Readonly<Record<string, number>>): void {
    const { agent, env } = this.#training;
    const { update } = agent.state;
    this.#metrics.append(
      update,
      env.clock,
      ...this.#recorded.map((column) => row[column]),
      env.changes,
      ...this.#drifting.map((parameter) => env.parameters.get(parameter)),
    );
    if (this.#networks !== undefined && update % (this.#config.networkMeasuresEvery as number) === 0) {
      this.#networks.appendRow({ update, step: env.clock, ...measureNetworks(agent.inspect()) });
    }
  }
}
