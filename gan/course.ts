import { buildOptimizer } from "../src/optim/index.js";
import { columnsNamed } from "../src/study/tables.js";
import type { Outcome, RunContext } from "../src/study/task.js";
import type { GameTaskConfig } from "./config.js";
import type { Game } from "./game.js";
import { noPath, type PathSummary, pathAngle, summarisePath } from "./path-angle.js";
import { play } from "./play.js";
import { gameTables } from "./tables.js";

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

/**
 * Plays all steps of a run and logs each; stops at the first loss, gradient or update that is not finite.
 *
 * @param after called after every finite step
 */
export function playAll(
  game: Game,
  config: GameTaskConfig,
  context: RunContext,
  after: (step: number) => void = () => {},
): Course {
  const { steps, order, firstPlayerSteps, lookahead } = config;
  const names = game.players.map(({ name }) => name);
  const { columns, further } = gameTables.metrics;
  const players = names.map((name) => ({
    [`${name}Loss`]: further["<player>Loss"],
    [`${name}GradientNorm`]: further["<player>GradientNorm"],
    [`${name}UpdateNorm`]: further["<player>UpdateNorm"],
  }));
  const metrics = context.table(gameTables.metrics, {
    ...columns,
    ...columnsNamed(game.observables, further["<observable>"]),
    ...Object.assign({}, ...players),
  });
  const rule = (player: 0 | 1) => buildOptimizer(config.optimizers[names[player]] ?? config.optimizer, game.engine);
  const start = game.players.flatMap(({ parameters }) => Array.from(parameters));
  const round = play(game, order, [rule(0), rule(1)], {
    firstPlayerSteps,
    ...(lookahead === undefined ? {} : { lookahead }),
  });
  const { losses, gradientNorms, updateNorms } = round.record;
  const observation = new Float64Array(game.observables.length);
  const observed = game.observables.map(() => new Float64Array(steps));
  // One array for all rows: at every step of a run even small garbage counts.
  const row: number[] = new Array(1 + observation.length + 6).fill(0);
  const every = Math.max(10, Math.floor(steps / 1000));
  const isFinitePlayer = (player: 0 | 1) =>
    Number.isFinite(losses[player] + gradientNorms[player] + updateNorms[player]);
  for (let step = 1; step <= steps; step++) {
    round.step();
    game.observe(observation);
    row[0] = step;
    for (let k = 0; k < observation.length; k++) {
      row[1 + k] = observation[k];
      observed[k][step - 1] = observation[k];
    }
    for (let player = 0; player < 2; player++) {
      const at = 1 + observation.length + 3 * player;
      row[at] = losses[player];
      row[at + 1] = gradientNorms[player];
      row[at + 2] = updateNorms[player];
    }
    metrics.append(...row);
    const broken = isFinitePlayer(0) ? 1 : 0;
    if (!isFinitePlayer(broken)) {
      const reason = `the ${names[broken]} player's loss, gradient or update is not finite`;
      const outcome: Outcome = { kind: "diverged", step, reason };
      return { outcome, observed: observed.map((series) => series.subarray(0, step - 1)), path: () => noPath };
    }
    after(step);
    if (step % every === 0) {
      context.progress(step / steps, { [`${names[0]}Loss`]: losses[0], [`${names[1]}Loss`]: losses[1] });
    }
  }
  return { outcome: { kind: "completed" }, observed, path: () => writePath(game, start, context) };
}

function writePath(game: Game, start: ArrayLike<number>, context: RunContext): PathSummary {
  const table = context.table(gameTables.pathAngle);
  const path = pathAngle(game, start);
  path.positions.forEach((position, k) => {
    table.appendRow({ position, cosine: path.cosines[k], fieldNorm: path.fieldNorms[k] });
  });
  return summarisePath(path);
}
