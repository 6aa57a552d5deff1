import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import type { Summary } from "../../study/task.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine, addOut, addSet, folderPath, integer } from "../options.js";
import { aligned, print, say, settings } from "../output.js";
import { runSingle, type SingleRunOptions } from "../single-run.js";
import { drawAnimation, drawPictures } from "./report.js";

interface PlayOptions extends SingleRunOptions {
  readonly optimizer?: string;
  readonly order?: string;
  readonly animate: boolean;
  readonly keep?: string;
}

/** Snapshots of an animated GAN, where the configuration does not say how many. */
const animatedSnapshots = 48;

export function playCommand(): Command {
  const command = createCommand("play")
    .description("play one two-player game, the 2D GANs included")
    .argument("<game>", "the game (ringdown list games)")
    .option("--optimizer <name>", "the optimizer of both players (ringdown list optimizers)", "sgd")
    .option("--order <order>", "the players' update order (ringdown list orders)")
    .option("--seed <n>", "the run's seed", integer("--seed", 0), 1)
    .option("--steps <n>", "steps of the game", integer("--steps", 1));
  addSet(command, "optimizer.momentum=-0.5", "game");
  addEngine(command);
  addOut(command, "store the run and its pictures in a folder of this one; nothing is written without it");
  return command
    .option("--animate", "also draw the run as an animated GIF, from its stored rows; needs --out", false)
    .option("--keep <dir>", "keep a GAN's parameters in this folder, for ringdown export", folderPath("--keep"))
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
Examples:
  ringdown play bilinear --optimizer momentum --order alternating --set optimizer.momentum=-0.5 --set optimizer.lr=0.1
  ringdown play bilinear --optimizer adam --set optimizer.lr=0.01 --set field=17 --out runs --animate
  ringdown play ring --optimizer adam --steps 2000 --json
  ringdown play ring --optimizer adam --keep ring && ringdown export ring --to onnx     # its generator`,
    )
    .action(withExitCode((game: string, options: PlayOptions) => play(game, options)));
}

async function play(game: string, options: PlayOptions): Promise<ExitCode> {
  const { optimizer, order, seed } = options;
  if (options.animate && options.out === undefined) {
    throw new InputError("--animate: expected --out, a folder for the run and its animation");
  }
  const { isPlaneGan } = await import("../../../gan/networks/options.js");
  const input = {
    game: { name: game },
    optimizer: { name: optimizer },
    ...(order === undefined ? {} : { order }),
    ...(options.animate && isPlaneGan({ name: game }) ? { snapshots: animatedSnapshots } : {}),
  };
  if (options.keep !== undefined && !isPlaneGan({ name: game })) {
    throw new InputError(`--keep: expected a GAN, whose networks can be kept, found ${game}`);
  }
  const { keepingTask } = await import("../kept-gan.js");
  const { config, engine, outcome, summary, parametersSha256, steps, stepsPerSecond, folder } = await runSingle(
    "play",
    keepingTask(options.keep),
    input,
    options,
  );
  if (folder !== undefined) for (const file of await drawPictures(folder)) say(`drawn in ${file}`);
  if (folder !== undefined && options.animate) say(`animated in ${await drawAnimation(folder)}`);
  const result = {
    game: config.game.name,
    order: config.order,
    optimizer: config.optimizer.name,
    seed,
    steps,
    stepsPerSecond,
    engine,
    outcome: outcome.kind,
    ...(outcome.kind === "diverged" ? { divergence: { step: outcome.step, reason: outcome.reason } } : {}),
    parametersSha256,
    measured: summary.measured as Summary,
    predicted: summary.predicted as Summary,
    ...(summary.averaged === undefined ? {} : { averaged: summary.averaged as Summary }),
  };
  if (options.json) {
    print(JSON.stringify(result));
    return exitCodes.done;
  }
  const { measured, predicted, averaged, divergence, ...head } = result;
  for (const line of aligned(settings(head, divergence))) print(line);
  print("");
  const columns = Object.entries({ measured, predicted, averaged }).filter(([, column]) => column !== undefined);
  const row = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(14)).join("");
  // Lists are for --json and the file.
  const shown = Object.entries({ ...measured, ...predicted }).filter(([, value]) => !isNested(value));
  const rows = shown.map(([name]) => [name, row(columns.map(([, column]) => sixDigits(column?.[name])))] as const);
  for (const line of aligned([["", row(columns.map(([name]) => name))], ...rows])) print(line);
  return exitCodes.done;
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Six digits: what one reads; the file and `--json` have all of them. A dash where undefined. */
function sixDigits(value: unknown): string {
  if (typeof value !== "number") return "–";
  // Ten million and more only come about where players run away; written out they would burst the column.
  return Math.abs(value) < 1e7 ? String(Number(value.toPrecision(6))) : value.toExponential(5);
}
