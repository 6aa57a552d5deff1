import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules, requireAllowedTraining } from "../modules.js";
import { addEngine, addOut, addPhase, evaluationSeed, integer } from "../options.js";
import { print } from "../output.js";
import { shorten } from "../paths.js";

interface RenderOptions {
  readonly phase?: number;
  readonly seed: number;
  readonly allowModules: boolean;
  readonly sampled: boolean;
  readonly engine: string;
  readonly out?: string;
}

export function renderCommand(): Command {
  const command = createCommand("render")
    .description("draw an episode of a trained policy: an animated GIF and a film strip")
    .argument("<dir>", "the folder that train --checkpoint wrote")
    .option("--seed <n>", "the seed of the episode", integer("--seed", 0), evaluationSeed)
    .option("--sampled", "draw actions from the policy, in place of its mode", false);
  addPhase(command);
  addAllowModules(command, "the training");
  addEngine(command);
  addOut(command, "where the pictures go; into <dir> when left out");
  return command
    .addHelpText("after", "\nExample:\n  ringdown render cartpole --phase 1 --out pictures")
    .action(withExitCode((directory: string, options: RenderOptions) => render(directory, options)));
}

async function render(directory: string, options: RenderOptions): Promise<ExitCode> {
  const { phase, seed, sampled, out = directory } = options;
  const { openFrozenPolicy } = await import("../frozen-policy.js");
  const { recordEpisode } = await import("../../../agents/record-episode.js");
  const { makeVector, names, spec: specNamed } = await import("../../../envs/registry.js");
  const { Streams } = await import("../../rng/streams.js");
  await requireAllowedTraining(directory, options.allowModules);
  const { agent, engine, config, spec, step, environment, held } = await openFrozenPolicy(directory, options);
  const { id } = config.env;
  const { picture } = spec;
  if (picture === undefined) {
    const drawn = names().filter((name) => specNamed(name).picture !== undefined);
    throw new InputError(`render: ${id} has no picture; these have one: ${drawn.join(", ")}`);
  }
  const streams = new Streams(seed);
  const env = makeVector(spec, { ...environment, copies: 1, autoreset: "disabled", streams });
  const moments = recordEpisode(agent, engine, env, sampled ? streams.get("evaluation") : undefined);

  const { loadReports } = await import("../registry.js");
  const { animateEpisode, filmStrip } = await loadReports();
  const { writeWhole } = await import("../../study/files.js");
  const values = Object.entries(held).map(([name, value]) => `${name} ${value}`);
  const conditions = [
    `${sampled ? "Actions drawn from the policy" : "The policy's most likely actions"} after ${step} steps of training, seed ${seed}`,
    ...(phase === undefined ? [] : [`phase ${phase} of the drift`]),
    ...values,
  ];
  const episode = {
    players: `${id}, ${config.agent.name}`,
    caption: `${conditions.join("; ")}.`,
    moments: moments.map(({ state, parameters, return: sum }) => ({ scene: picture(state, parameters), return: sum })),
  };
  const files = { "episode.gif": animateEpisode(episode), "episode.png": filmStrip(episode) };
  for (const [name, bytes] of Object.entries(files)) {
    await writeWhole(join(out, name), bytes);
    print(shorten(join(out, name)));
  }
  return exitCodes.done;
}
