import { InputError } from "../config/input-error.js";
import { isVector } from "../optim/transform.js";
import { columnNames } from "./course.js";
import { at, field, type Game, offsetsOf, parametersOf, sizeOf } from "./game.js";

/**
 * Checks that an object is a game: named players with parameters and gradients, observables that are all written,
 * losses that are numbers, a Jacobian and equilibria of the right size where there are any.
 *
 * @param what begins every message: `game.module: ./mine.js`
 * @throws InputError saying what was expected and what was found
 */
export function requireGame(value: unknown, what: string): asserts value is Game {
  const fail = (message: string): never => {
    throw new InputError(`${what}: ${message}`);
  };
  const game = (value ?? {}) as Partial<Game>;
  if (typeof game.gradient !== "function" || typeof game.observe !== "function" || !Array.isArray(game.players)) {
    fail("expected a game: an object with name, players, observables and the functions gradient and observe");
  }
  if (typeof game.name !== "string") fail(`name: expected a string, found ${String(game.name)}`);
  const players = game.players as readonly Partial<Game["players"][0]>[];
  if (players.length === 0) fail("players: expected at least 1, found none");
  for (const [k, { name, parameters, gradients }] of players.entries()) {
    if (typeof name !== "string") fail(`players.${k}.name: expected a string, found ${String(name)}`);
    const size = isVector(parameters) ? parameters.length : 0;
    if (size === 0) fail(`players.${k}.parameters: expected a Float64Array or Float32Array that is not empty`);
    if (!isVector(gradients) || gradients.length !== size) {
      fail(`players.${k}.gradients: expected a Float64Array or Float32Array of length ${size}`);
    }
  }
  const repeated = players.find(({ name }, k) => players.findIndex((other) => other.name === name) < k);
  if (repeated !== undefined) fail(`players: expected names that differ, found "${repeated.name}" twice`);
  requireObservables(game as Game, fail);
  const size = sizeOf(game as Game);
  (game.equilibria ?? []).forEach((point, k) => {
    if (point.length !== size || !Array.from(point).every(Number.isFinite)) {
      fail(`equilibria.${k}: expected ${size} finite numbers, found ${JSON.stringify(point)}`);
    }
  });
  const { plane } = game;
  if (
    plane !== undefined &&
    !(plane.length === 2 && plane.every((row) => row.length === 2 && row.every(Number.isFinite)))
  ) {
    fail(`plane: expected 2 × 2 finite numbers, found ${JSON.stringify(plane)}`);
  }
  if (game.jacobian !== undefined) {
    const out = new Float64Array(size * size).fill(Number.NaN);
    game.jacobian(out);
    const missing = out.findIndex(Number.isNaN);
    if (missing >= 0) {
      fail(
        `jacobian: expected ${size} × ${size} numbers; row ${Math.floor(missing / size)}, column ${missing % size} is none`,
      );
    }
  }
}

function requireObservables(game: Game, fail: (message: string) => never): void {
  const { observables } = game;
  if (!Array.isArray(observables) || observables.length < 2 || !observables.every((name) => typeof name === "string")) {
    fail("observables: expected at least two names; the first two span the plane whose orbits are measured");
  }
  const twice = columnNames(game).find((name, k, all) => all.indexOf(name) !== k);
  if (twice !== undefined) fail(`observables: the name "${twice}" is used twice among the columns of a run`);
  const out = new Float64Array(observables.length).fill(Number.NaN);
  game.observe(out);
  const missing = out.findIndex(Number.isNaN);
  if (missing >= 0) fail(`observe: expected ${out.length} numbers; "${observables[missing]}" is none`);
}

/**
 * Checks a deterministic game thoroughly, for tests of one's own: all of `requireGame`; each player's gradient and
 * the Jacobian against central differences at the present parameters; and that gradients vanish at the equilibria.
 *
 * @param tolerance of differences, relative to 1 plus the size of what is compared
 * @throws InputError naming the first entry that is wrong
 */
export function checkGame(game: Game, tolerance = 1e-6): void {
  const what = `the ${game.name} game`;
  requireGame(game, what);
  const size = sizeOf(game);
  const compare = (name: string, found: number, expected: number) => {
    if (Math.abs(found - expected) <= tolerance * (1 + Math.abs(expected))) return;
    throw new InputError(`${what}: ${name}: expected ${expected} by differences, found ${found}`);
  };
  const fieldAt = (point: ArrayLike<number>) => {
    const [gradients, losses] = [new Float64Array(size), new Float64Array(game.players.length)];
    at(game, point, () => field(game, gradients, losses));
    return { gradients, losses };
  };
  const point = parametersOf(game);
  const { gradients } = fieldAt(point);
  const jacobian = game.jacobian === undefined ? null : new Float64Array(size * size);
  game.jacobian?.(jacobian as Float64Array);
  game.players.forEach(({ name, parameters }, player) => {
    for (let k = 0; k < parameters.length; k++) {
      const j = offsetsOf(game)[player] + k;
      const [above, below] = [step, -step].map((change) => fieldAt(point.with(j, point[j] + change)));
      const slope = (of: (found: typeof above) => number) => (of(above) - of(below)) / (2 * step);
      compare(
        `gradient ${k} of ${name}`,
        gradients[j],
        slope(({ losses }) => losses[player]),
      );
      if (jacobian === null) continue;
      for (let i = 0; i < size; i++) {
        compare(
          `jacobian, row ${i}, column ${j}`,
          jacobian[i * size + j],
          slope((found) => found.gradients[i]),
        );
      }
    }
  });
  (game.equilibria ?? []).forEach((equilibrium, k) => {
    fieldAt(equilibrium).gradients.forEach((gradient, i) => {
      if (!(Math.abs(gradient) <= tolerance)) {
        throw new InputError(`${what}: equilibria.${k}: expected all gradients to vanish, found ${gradient} at ${i}`);
      }
    });
  });
}

/** Of central differences in float64: errors of step² and ε/step balance near here. */
const step = 1e-5;
