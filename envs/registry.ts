import { z } from "zod";
import { check } from "../src/config/check.js";
import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";
import type { Streams } from "../src/rng/streams.js";
import { bernoulliBandit, contextualBandit, gaussianBandit } from "./bandit/bandit.js";
import { channelParameters } from "./channel.js";
import { acrobot } from "./classic/acrobot.js";
import { cartPole } from "./classic/cart-pole.js";
import { mountainCar } from "./classic/mountain-car.js";
import { mountainCarContinuous } from "./classic/mountain-car-continuous.js";
import { pendulum } from "./classic/pendulum.js";
import { checkDrift, type DriftInput } from "./drift/options.js";
import { driftable, type EnvSpec } from "./dynamics.js";
import type { NotificationLevel } from "./env.js";
import { linearTracking } from "./linear/linear-tracking.js";
import { checkParameter } from "./parameters.js";
import { SingleEnv } from "./single.js";
import { cliffWalking } from "./tabular/cliff-walking.js";
import { frozenLake4x4, frozenLake8x8 } from "./tabular/frozen-lake.js";
import { movingMaze } from "./tabular/moving-maze.js";
import { twoStateMdp } from "./tabular/two-state-mdp.js";
import { type Autoreset, VectorEnv } from "./vector.js";

const notificationSchema = z.enum(["none", "flag", "size", "truth"]);

const autoresetSchema = z.enum(["sameStep", "nextStep", "disabled"]);

const specs = new Map<string, EnvSpec>();

for (const known of [
  cartPole,
  acrobot,
  mountainCar,
  mountainCarContinuous,
  pendulum,
  frozenLake4x4,
  frozenLake8x8,
  cliffWalking,
  movingMaze,
  twoStateMdp,
  gaussianBandit,
  bernoulliBandit,
  contextualBandit,
  linearTracking,
])
  register(known);

/** Options of a new environment. */
export interface MakeOptions {
  /** Parameters to begin with, by name; the others take their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** The parameters that change, when, and to what; none by default. */
  readonly drift?: DriftInput;
  /** Steps after which an episode is truncated, in place of the environment's own limit. */
  readonly maxEpisodeSteps?: number;
}

/**
 * Makes an environment known by its id, to `make` as to every configuration.
 *
 * @throws InputError when the id is taken, the time limit is no number of steps, a parameter has the name of one of
 * the channel's, or a distribution names a parameter that there is not
 */
export function register(spec: EnvSpec): void {
  if (specs.has(spec.id)) throw new InputError(`environment "${spec.id}" is registered already`);
  checkSpec(spec);
  specs.set(spec.id, spec);
}

function checkSpec({
  id,
  maxEpisodeSteps,
  parameters,
  distributions = {},
  observationSpace,
  actionSpace,
}: EnvSpec): void {
  if (!(maxEpisodeSteps >= 1))
    throw new InputError(`${id}: maxEpisodeSteps: expected at least 1, found ${maxEpisodeSteps}`);
  const taken = Object.keys(channelParameters(observationSpace, actionSpace)).find((name) =>
    Object.hasOwn(parameters, name),
  );
  if (taken !== undefined) throw new InputError(`${id}: parameters: every environment has a "${taken}" already`);
  for (const [name, group] of Object.entries(distributions)) {
    for (const member of group) checkParameter(parameters, member, `${id}: distributions.${name}`);
  }
}

/** The ids of all environments. */
export function names(): string[] {
  return [...specs.keys()];
}

/**
 * The specification of an environment: spaces, time limit, parameters.
 *
 * @throws InputError for an unknown id, with the nearest one
 */
export function spec(id: string): EnvSpec {
  const found = specs.get(id);
  if (found === undefined) throw new InputError(`unknown environment "${id}"${suggest(id, names())}`);
  return found;
}

/**
 * One environment. Its observations and actions are what its spaces say; name their types where they are not a
 * Float32Array and a number: `make<number>("FrozenLake-v1")`, `make<Float32Array, ArrayLike<number>>("Pendulum-v1")`.
 *
 *     const env = make("CartPole-v1");
 *     const [observation] = env.reset({ seed: 1 });
 *     const [next, reward, terminated, truncated, info] = env.step(1);
 *
 * @param env an id, or a specification, which need not be registered
 * @throws InputError for an unknown id, parameter or drift
 */
export function make<Observation = Float32Array, Action = number>(
  env: string | EnvSpec,
  {
    parameters = {},
    drift = [],
    maxEpisodeSteps,
    notification = "none",
  }: MakeOptions & { readonly notification?: NotificationLevel } = {},
): SingleEnv<Observation, Action> {
  const known = limited(typeof env === "string" ? spec(env) : env, maxEpisodeSteps);
  check(notificationSchema, notification, `${known.id}: notification`);
  const made = new SingleEnv<Observation, Action>(known, checkDrift(drift, driftable(known), "drift"), notification);
  made.parameters.setAll(parameters);
  return made;
}

/**
 * N copies of an environment that step together.
 *
 * @param env an id, or a specification, which need not be registered
 * @throws InputError for an unknown id, parameter or drift, and when `copies` is not a positive integer
 */
export function makeVector(
  env: string | EnvSpec,
  {
    copies,
    streams,
    parameters = {},
    drift = [],
    maxEpisodeSteps,
    autoreset = "sameStep",
  }: MakeOptions & { readonly copies: number; readonly streams: Streams; readonly autoreset?: Autoreset },
): VectorEnv {
  const known = limited(typeof env === "string" ? spec(env) : env, maxEpisodeSteps);
  if (!Number.isInteger(copies) || copies < 1) {
    throw new InputError(`copies: expected a positive integer, found ${copies}`);
  }
  check(autoresetSchema, autoreset, `${known.id}: autoreset`);
  const made = new VectorEnv(known, copies, streams, checkDrift(drift, driftable(known), "drift", copies), autoreset);
  made.parameters.setAll(parameters);
  return made;
}

/** The specification with another time limit, where one is given. */
function limited(known: EnvSpec, maxEpisodeSteps = known.maxEpisodeSteps): EnvSpec {
  if (maxEpisodeSteps === known.maxEpisodeSteps) return known;
  if (maxEpisodeSteps >= 1) return { ...known, maxEpisodeSteps };
  throw new InputError(`${known.id}: maxEpisodeSteps: expected at least 1, found ${maxEpisodeSteps}`);
}
