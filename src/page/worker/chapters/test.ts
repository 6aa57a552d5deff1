import { gameTask } from "../../../../gan/task.js";
import { claims } from "../../../../reports/chapters/claims.js";
import { check } from "../../../config/check.js";
import { cartesianProduct } from "../../../math/cartesian-product.js";
import { problemTask } from "../../../problems/task.js";
import { type Choice, choicesOn, choose, conditionOf, describeCondition } from "../../../study/condition.js";
import { executeRun } from "../../../study/execute.js";
import type { Run } from "../../../study/run.js";
import type { Task } from "../../../study/task.js";
import type { ClaimTested } from "../../messages.js";
import { quickExperiments } from "./experiments.js";

const tasks: readonly Task[] = [problemTask, gameTask];

/** The runs of a claim's quick experiment, one after the other, and what the claim's own measures make of them. */
export class ClaimTest {
  readonly #claim: string;
  readonly #task: Task;
  readonly #planned: readonly { readonly choices: readonly Choice[]; readonly seed: number }[];
  readonly #axes: readonly Choice[][];
  readonly #runs: Run[] = [];

  constructor(claim: string) {
    this.#claim = claim;
    const { task: name, grid, seeds } = quickExperiments[claim];
    const task = tasks.find((one) => one.name === name);
    if (task === undefined) throw new Error(`the task ${name} does not run here`);
    this.#task = task;
    this.#axes = Object.entries(grid).map(([path, axis]) => choicesOn(path, axis, `${claim}: ${path}`));
    this.#planned = cartesianProduct(this.#axes).flatMap((choices) => seeds.map((seed) => ({ choices, seed })));
  }

  /** Goes on until the time is up; the last answer has the finding. */
  async advance(isTimeUp: () => boolean): Promise<ClaimTested> {
    while (this.#runs.length < this.#planned.length) {
      this.#runs.push(await this.#run(this.#runs.length));
      if (isTimeUp()) break;
    }
    const [done, total] = [this.#runs.length, this.#planned.length];
    if (done < total) return { done, total };
    const { verdict, because, figure } = await this.#find();
    return { done, total, finding: { verdict, because, figure } };
  }

  async #run(index: number): Promise<Run> {
    const { choices, seed } = this.#planned[index];
    const condition = conditionOf(choices);
    const id = `${describeCondition(condition)}, seed ${seed}`;
    const config = check(this.#task.schema, choose(quickExperiments[this.#claim].config, choices), id);
    const finished = await executeRun(this.#task, { config, seed, engine: "wasm" });
    const tables = new Map(finished.tables.map((table) => [table.name, table]));
    return {
      ...{ id, task: this.#task.name, config, seed, engine: "wasm", condition, version: "in the lab" },
      ...finished,
      tables: [...tables.keys()],
      table: async (name) => tables.get(name)?.columns() ?? {},
    };
  }

  #find() {
    const name = this.#claim;
    const found = claims.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no claim is named ${name}`);
    const { task, seeds } = quickExperiments[name];
    const axes = Object.fromEntries(this.#axes.map((choices) => [choices[0].path, choices.map(({ label }) => label)]));
    const experiment = { name, task, axes, seeds, runs: this.#runs };
    return found.find({ name: "chapters", title: name, experiments: { [name]: experiment } });
  }
}
