import { type LoadedTraining, loadTraining } from "../../agents/load-training.js";
import { driftingParameters } from "../../envs/drift/options.js";
import type { EnvSpec } from "../../envs/dynamics.js";
import { specOf } from "../../envs/options.js";
import { type DriftPhase, driftPhases } from "../../envs/phases.js";
import type { MakeOptions } from "../../envs/registry.js";
import { InputError } from "../config/input-error.js";

/** A trained policy that learns no more, and an environment that drifts no more to try it on. */
export interface FrozenPolicy extends Pick<LoadedTraining, "agent" | "engine" | "config"> {
  readonly spec: EnvSpec;
  /** Steps that it was trained for. */
  readonly step: number;
  /** The options of environments for it: parameters held, only what drifts within an episode goes on. */
  readonly environment: Required<MakeOptions>;
  /** The values of the parameters that drifted, as they are held. */
  readonly held: Readonly<Record<string, number>>;
}

/** Episodes of environments that set no limit are cut off after so many steps: a policy may go in circles. */
const longestEpisode = 10_000;

/**
 * @param folder with the checkpoint of a training
 * @param phase of the training's drift that the environment is held in; where the training stood when left out
 */
export async function openFrozenPolicy(
  folder: string,
  { engine: engineName, phase }: { readonly engine: string; readonly phase?: number },
): Promise<FrozenPolicy> {
  const { agent, engine, env, config, seed } = await loadTraining(folder, engineName);
  const parameters = phase === undefined ? env.parameters.snapshot() : phaseOf(config, seed, phase).parameters;
  const drifting = driftingParameters(config.env.drift, env.spec.distributions);
  env.close();
  const spec = specOf(config.env);
  return {
    ...{ agent, engine, config, spec },
    step: env.clock,
    environment: {
      parameters,
      drift: config.env.drift.filter(({ clock }) => clock === "episode"),
      maxEpisodeSteps: Math.min(spec.maxEpisodeSteps, longestEpisode),
    },
    held: Object.fromEntries(drifting.map((name) => [name, parameters[name]])),
  };
}

function phaseOf({ env, steps }: LoadedTraining["config"], seed: number, wanted: number): DriftPhase {
  let last: DriftPhase | undefined;
  for (const phase of driftPhases(env, seed, steps)) {
    if (phase.phase === wanted) return phase;
    last = phase;
  }
  throw new InputError(
    `--phase: expected at most ${last?.phase}, the last one of the drift within ${steps} steps; found ${wanted}`,
  );
}
