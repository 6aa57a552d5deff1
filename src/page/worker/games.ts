import { type SmallOptions, smallGameOf } from "../../../gan/config.js";
import { isPlaneGan } from "../../../gan/networks/options.js";
import { asPlayed, describeOrbit } from "../../../gan/small-task.js";
import { InputError } from "../../config/input-error.js";
import { at, field, type Game, sizeOf } from "../../play/game.js";
import { Streams } from "../../rng/streams.js";
import type { Inspection } from "../messages.js";
import { gameGroups } from "./groups.js";
import { gameConfig, Players } from "./players.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/** Points along one side of the grid on which a game's flow is shown. */
const side = 15;

/** A small game in the plane of its first two observables. */
export function gamesSession(settings: Settings): Session {
  const config = smallConfig(settings);
  const streams = new Streams(settings.seed);
  const own = smallGameOf(config.game as SmallOptions).create(config.game as SmallOptions, streams, ".");
  const game = asPlayed(own, config, streams);
  const players = new Players(game, config, settings);
  return {
    get setup() {
      const { config } = players;
      const axes = own.observables.slice(0, 2);
      const startOrder = startOrderOf(config.game as SmallOptions, streams);
      return {
        groups: gameGroups(config, settings.seed, own.players),
        steps: config.steps,
        axes,
        presses: [],
        ...(startOrder && { startOrder }),
      };
    },
    get step() {
      return players.step;
    },
    advance: (steps, isTimeUp) => players.advance(steps, isTimeUp),
    frame: () => players.frame(),
    change: (next) => players.change(smallConfig(next), next),
    inspect(half) {
      const flow = own.players.length === 2 && sizeOf(own) === 2 ? { field: flowOf(own, half) } : {};
      return { ...players.identity(), table: tableOf(own, game, players), ...flow };
    },
  };
}

function smallConfig(settings: Settings) {
  const config = gameConfig("bilinear", settings);
  if (!isPlaneGan(config.game) && config.game.name !== "custom") return config;
  throw new InputError(`the address: game.name: ${config.game.name} is not played on this stage`);
}

/** Found by where a game begins that is told to begin at two different numbers. */
function startOrderOf(options: SmallOptions, streams: Streams): readonly [number, number] | undefined {
  if (!("start" in options) || !Array.isArray(options.start) || options.start.length !== 2) return undefined;
  const start: [number, number] = [0.25, 0.5];
  const probe = smallGameOf(options).create({ ...options, start } as SmallOptions, new Streams(streams.seed), ".");
  const seen = new Float64Array(probe.observables.length);
  probe.observe(seen);
  const [first, second] = start.map((value) => seen.indexOf(value));
  return first + second === 1 && first * second === 0 ? [first, second] : undefined;
}

/** The flow −g at the points of a grid: x, y and its two components. */
function flowOf(own: Game, half: number): Float64Array {
  const out = new Float64Array(4 * side * side);
  const gradients = new Float64Array(2);
  for (let i = 0; i < side * side; i++) {
    const point = [i % side, Math.floor(i / side)].map((k) => half * ((2 * k + 1) / side - 1));
    at(own, point, () => field(own, gradients));
    out.set([...point, -gradients[0], -gradients[1]], 4 * i);
  }
  return out;
}

const shown = {
  spectralRadius: "factor per step, ρ",
  angle: "angle per step",
  dampingRatio: "damping ratio",
  period: "steps per turn",
  winding: "turns so far",
  radius: "distance over the last half",
} as const;

function tableOf(own: Game, game: Game, { config, path, step }: Players): Inspection["table"] {
  if (step < 8) return [];
  // As the command has them: without the start.
  const observed = ([0, 1] as const).map((coordinate) => path.series(coordinate).subarray(1));
  const { measured, predicted } = describeOrbit(own, game, config, observed);
  return Object.entries(shown).map(([key, name]) => ({
    key,
    name,
    measured: measured[key as keyof typeof shown],
    predicted: predicted[key as keyof typeof shown],
  }));
}
