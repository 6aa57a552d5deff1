import { buildOptimizer, type OptimizerOptions } from "../optim/index.js";
import { type Columns, columnsNamed } from "../study/tables.js";
import type { Outcome, RunContext } from "../study/task.js";
import { type Game, parametersOf } from "./game.js";
import type { OrderName } from "./orders.js";
import { noPath, type PathSummary, pathAngle, summarisePath } from "./path-angle.js";
import { type PlayOptions, play } from "./play.js";
import { playTables } from "./tables.js";

/** How a game is played. */
export interface CourseOptions extends PlayOptions {
  readonly steps: number;
  readonly order: OrderName;
  /** Of every player that is not named in `optimizers`. */
  readonly optimizer: OptimizerOptions;
  readonly optimizers: Readonly<Record<string, OptimizerOptions>>;
}

/** A game's course: its observables at every step, and how it ended. */
export interface Course {
  readonly outcome: Outcome;
  /** One series per observable, up to the last finite step. */
  readonly observed: readonly Float64Array[];
  /**
   * Writes the table `pathAngle` of a run that completed and summarises it. It takes gradients, which may draw batches and
   * move a network's running averages: to be called when all else is measured.
   */
  path(): PathSummary;
}

/** The columns of a player, named after it. */
function ofPlayer(name: string): Columns {
  const { further } = playTables.metrics;
  return {
    [`${name}Loss`]: further["<player>Loss"],
    [`${name}GradientNorm`]: further["<player>GradientNorm"],
    [`${name}UpdateNorm`]: further["<player>UpdateNorm"],
  };
}

/** The columns of a game's `metrics`: `step`, its observables, and each player's loss, gradient norm and update norm. */
export function columnNames({ players, observables }: Game): string[] {
  return ["step", ...observables, ...players.flatMap(({ name }) => Object.keys(ofPlayer(name)))];
}

/**
 * Plays all steps of a run and logs each; stops at the first loss, gradient or update that is not finite.
 *
 * @param after called after every finite step
 */
export function playAll(
  game: Game,
  { steps, order, optimizer, optimizers, ...options }: CourseOptions,
  context: RunContext,
  after: (step: number) => void = () => {},
): Course {
  const names = game.players.map(({ name }) => name);
  const { columns, further } = playTables.metrics;
  const metrics = context.table(playTables.metrics, {
    ...columns,
    ...columnsNamed(game.observables, further["<observable>"]),
    ...Object.assign({}, ...names.map(ofPlayer)),
  });
  const start = parametersOf(game);
  const rules = names.map((name) => buildOptimizer(optimizers[name] ?? optimizer, game.engine, context.base));
  const round = play(game, order, rules, options);
  const { losses, gradientNorms, updateNorms } = round.record;
  const observation = new Float64Array(game.observables.length);
  const observed = game.observables.map(() => new Float64Array(steps));
  // One array for all rows: at every step of a run even small garbage counts.
  const row: number[] = new Array(columnNames(game).length).fill(0);
  const every = Math.max(10, Math.floor(steps / 1000));
  for (let step = 1; step <= steps; step++) {
    round.step();
    game.observe(observation);
    row[0] = step;
    for (let k = 0; k < observation.length; k++) {
      row[1 + k] = observation[k];
      observed[k][step - 1] = observation[k];
    }
    let broken = -1;
    for (let player = names.length - 1; player >= 0; player--) {
      const at = 1 + observation.length + 3 * player;
      row[at] = losses[player];
      row[at + 1] = gradientNorms[player];
      row[at + 2] = updateNorms[player];
      if (!Number.isFinite(losses[player] + gradientNorms[player] + updateNorms[player])) broken = player;
    }
    metrics.append(...row);
    if (broken >= 0) {
      const reason = `the ${names[broken]} player's loss, gradient or update is not finite`;
      const outcome: Outcome = { kind: "diverged", step, reason };
      return { outcome, observed: observed.map((series) => series.subarray(0, step - 1)), path: () => noPath };
    }
    after(step);
    if (step % every === 0) {
      context.progress(step / steps, Object.fromEntries(names.map((name, player) => [`${name}Loss`, losses[player]])));
    }
  }
  return { outcome: { kind: "completed" }, observed, path: () => writePath(game, start, context) };
}

function writePath(game: Game, start: ArrayLike<number>, context: RunContext): PathSummary {
  const table = context.table(playTables.pathAngle);
  const path = pathAngle(game, start);
  path.positions.forEach((position, k) => {
    table.appendRow({ position, cosine: path.cosines[k], fieldNorm: path.fieldNorms[k] });
  });
  return summarisePath(path);
}
