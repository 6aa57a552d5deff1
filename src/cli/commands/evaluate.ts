import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules, requireAllowedTraining } from "../modules.js";
import { addEngine, addPhase, evaluationSeed, integer } from "../options.js";
import { aligned, print, settings } from "../output.js";

interface EvaluateOptions {
  readonly episodes: number;
  readonly phase?: number;
  readonly seed: number;
  readonly allowModules: boolean;
  readonly engine: string;
  readonly json: boolean;
}

export function evaluateCommand(): Command {
  const command = createCommand("evaluate")
    .description("score a trained policy, which learns no more, on whole episodes")
    .argument("<dir>", "the folder that train --checkpoint wrote")
    .option(
      "--episodes <n>",
      "how many, for the deterministic and for the sampled policy",
      integer("--episodes", 1),
      100,
    )
    .option("--seed <n>", "the seed of the episodes", integer("--seed", 0), evaluationSeed);
  addPhase(command);
  addAllowModules(command, "the training");
  addEngine(command);
  return command
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
Examples:
  ringdown evaluate cartpole --episodes 100
  ringdown evaluate cartpole --phase 0 --json      # what is left of the first phase?`,
    )
    .action(withExitCode((directory: string, options: EvaluateOptions) => evaluate(directory, options)));
}

async function evaluate(directory: string, options: EvaluateOptions): Promise<ExitCode> {
  const { episodes, phase, seed, json } = options;
  const { openFrozenPolicy } = await import("../frozen-policy.js");
  const { evaluate: score } = await import("../../../agents/evaluate.js");
  const { makeVector } = await import("../../../envs/registry.js");
  const { Streams } = await import("../../rng/streams.js");
  await requireAllowedTraining(directory, options.allowModules);
  const { agent, engine, config, spec, step, environment, held } = await openFrozenPolicy(directory, options);
  const copies = largestDivisor(episodes, config.env.copies);
  const returnsOf = (drawn: boolean) => {
    const streams = new Streams(seed);
    const env = makeVector(spec, { ...environment, copies, streams });
    const returns = score(agent, engine, env, episodes / copies, drawn ? streams.get("evaluation") : undefined);
    env.close();
    return returns;
  };
  const [deterministic, sampled] = [await summarise(returnsOf(false)), await summarise(returnsOf(true))];
  const result = {
    ...{ env: config.env.id, agent: config.agent.name, optimizer: config.optimizer.name },
    ...{ step, phase: phase ?? null, parameters: held, seed, episodes, engine: engine.name, deterministic, sampled },
  };
  if (json) {
    print(JSON.stringify(result));
    return exitCodes.done;
  }
  const values = Object.entries(held).map(([name, value]) => `${name} ${value}`);
  const lines = {
    ...result,
    phase: phase ?? "as the training left it",
    parameters: values.length > 0 ? values.join(", ") : "none drifts",
    deterministic: words(deterministic),
    sampled: words(sampled),
  };
  for (const line of aligned(settings(lines))) print(line);
  return exitCodes.done;
}

interface Returns {
  readonly mean: number;
  /** 95 % interval of the mean by Student's t; null of one episode. */
  readonly low: number | null;
  readonly high: number | null;
  readonly least: number;
  readonly greatest: number;
}

async function summarise(returns: Float64Array): Promise<Returns> {
  const { studentInterval } = await import("../../stats/index.js");
  const { finiteOrNull } = await import("../../math/finite-or-null.js");
  const { estimate, low, high } = studentInterval(returns);
  const ends = { least: returns.reduce((a, b) => Math.min(a, b)), greatest: returns.reduce((a, b) => Math.max(a, b)) };
  return { mean: estimate, low: finiteOrNull(low), high: finiteOrNull(high), ...ends };
}

function words({ mean, low, high, least, greatest }: Returns): string {
  const rounded = (value: number) => String(Number(value.toFixed(2)));
  const interval = low === null || high === null ? "" : ` [${rounded(low)}, ${rounded(high)}]`;
  return `mean return ${rounded(mean)}${interval}, from ${rounded(least)} to ${rounded(greatest)}`;
}

/** The largest number up to `most` that divides n. */
function largestDivisor(n: number, most: number): number {
  let divisor = Math.min(n, most);
  while (n % divisor !== 0) divisor--;
  return divisor;
}
