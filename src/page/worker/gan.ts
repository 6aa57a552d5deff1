import { defaultBatch, ganNetworkSchema } from "../../../gan/config.js";
import { createTarget, isPlaneGan, type PlaneGanOptions } from "../../../gan/networks/options.js";
import { planeGan } from "../../../gan/networks/plane-gan.js";
import { modeQuality } from "../../../gan/quality/evaluate.js";
import { gridAround } from "../../../gan/quality/picture.js";
import { keepPoints } from "../../../gan/targets/points-file.browser.js";
import { oscillations } from "../../../reports/parts/game/motion.js";
import { InputError } from "../../config/input-error.js";
import { createEngine } from "../../kernels/create.js";
import { RandomStream } from "../../rng/random-stream.js";
import { Streams } from "../../rng/streams.js";
import { gameGroups } from "./groups.js";
import { gameConfig, Players } from "./players.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/** Samples shown, and the points along one side of the grid of logits. */
const [rows, side] = [600, 40];
/** The name under which the visitor's points are kept, in the page and in the commands that it shows. */
const drawn = "points.csv";

/** Steps of the mean's path that its spectrum looks back: about a second's inspection must not cost frames. */
const longest = 32_768;

/** Learned where the visitor has drawn nothing yet: a zigzag. */
const zigzag = "-2,1;-1.6,0.2;-1.3,-0.5;-1,-1;-0.7,-0.3;-0.3,0.4;0,1;0.3,0.4;0.7,-0.3;1,-1;1.3,-0.5;1.6,0.2;2,1";

/**
 * A 2D GAN. What is shown is drawn from a stream of its own: the run goes on as if nobody looked.
 *
 * @param points the visitor's: x,y and x,y apart by semicolons
 */
export function ganSession(settings: Settings, points: string): Session {
  const file = (points === "" ? zigzag : points).replaceAll(";", "\n");
  keepPoints(drawn, file);
  const config = planeConfig(settings);
  const { seed } = settings;
  const streams = new Streams(seed);
  const target = createTarget(config.game);
  const gan = planeGan(config.game, target, createEngine("wasm"), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const players = new Players(gan, config, settings);
  const onlooker = new RandomStream(seed, "evaluation/lab");
  const real = new Float32Array(2 * rows);
  target.sample(onlooker, real, rows);
  const grid = gridAround(real, side);
  const start = onlooker.save();
  const { mixture } = target;
  const modes = mixture === undefined ? [] : pairs(mixture.centres);
  return {
    get setup() {
      return {
        groups: gameGroups(players.config, seed, gan.players),
        steps: players.config.steps,
        axes: ["x", "y"],
        presses: [],
      };
    },
    get step() {
      return players.step;
    },
    advance: (steps, isTimeUp) => players.advance(steps, isTimeUp),
    frame() {
      // The same latents every time: what moves is the generator.
      onlooker.restore(start);
      const generated = gan.sample(onlooker, rows);
      const logits = gan.logits(grid, side * side).slice(0, side * side);
      const [low, high] = [corner(grid, 0), corner(grid, side * side - 1)];
      return { ...players.frame(), cloud: { generated, real, logits, low, high, modes } };
    },
    change: (next) => players.change(planeConfig(next), next),
    inspect() {
      const found = modeQuality(gan, new Streams(seed));
      const row = (key: string, name: string, measured: number | null, predicted: number | null) =>
        ({ key, name, measured, predicted }) as const;
      const table =
        mixture === undefined
          ? []
          : [
              row("modes", "modes found", found.modes, modes.length),
              row("highQuality", "share of samples within 3σ of a mode", found.highQuality, 1),
              row("spread", "width of the modes", found.spread, 0.974),
            ];
      const spectrum = spectrumOf(players);
      return {
        ...players.identity(config.game.name === "points" ? { name: drawn, text: file } : undefined),
        table,
        ...(spectrum && { spectrum }),
      };
    },
  };
}

/** Frequency and amplitude, one after the other, of the mean's motion over the last half of at most so many steps. */
function spectrumOf({ path, step }: Players): Float64Array | undefined {
  if (step < 64) return undefined;
  const [x, y] = ([0, 1] as const).map((coordinate) => path.series(coordinate).subarray(-longest));
  return Float64Array.from(oscillations({ x, y }).flatMap((point) => [point.x, point.y]));
}

function planeConfig(settings: Settings) {
  const named = settings.assignments.some((text) => text === "game.name=points");
  const assignments = named ? [...settings.assignments, `game.file=${drawn}`] : settings.assignments;
  const config = gameConfig("ring", { ...settings, assignments });
  const { game } = config;
  if (!isPlaneGan(game)) throw new InputError(`the address: game.name: ${game.name} is not played on this stage`);
  return { ...config, game: game as PlaneGanOptions };
}

const corner = (grid: Float32Array, i: number) => [grid[2 * i], grid[2 * i + 1]] as const;

const pairs = (places: Float64Array) =>
  Array.from({ length: places.length / 2 }, (_, i) => [places[2 * i], places[2 * i + 1]] as const);
