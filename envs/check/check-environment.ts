import { InputError } from "../../src/config/input-error.js";
import { show } from "../../src/config/show.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import type { Env } from "../env.js";
import { Space } from "../spaces/index.js";
import { equal, frozen, problemOfAct, wrongActions } from "./values.js";

type AnyEnv = Env<unknown, unknown>;

/** How an environment is checked. */
export interface CheckOptions {
  readonly seed?: number;
  /** Random steps of each trajectory. */
  readonly steps?: number;
}

/**
 * Plays an environment and sees whether it keeps the contract: spaces that hold what it shows, five results of the
 * right kind from a step, the same trajectory from the same seed, refusal of wrong actions, of steps before the first
 * reset and after the end, with the state unchanged, observations that later steps leave alone, parameters that do not
 * exist as errors, and closing twice.
 *
 * @param create makes a new environment at each call
 * @throws InputError with a sentence for each thing that is wrong
 */
export function checkEnvironment(create: () => unknown, options: CheckOptions = {}): void {
  const problems = environmentProblems(create, options);
  if (problems.length > 0) throw new InputError(`environment: ${problems.join(" ")}`);
}

/** The sentences of {@link checkEnvironment}; none for an environment that keeps the contract. */
export function environmentProblems(create: () => unknown, { seed = 1, steps = 200 }: CheckOptions = {}): string[] {
  if (typeof create !== "function") {
    const found = create === null ? "null" : typeof create;
    throw new InputError(`checkEnvironment: expected a function that makes the environment, found ${found}`);
  }
  const shape = problemsOfShape(create());
  if (shape.length > 0) return shape;
  const make = create as () => AnyEnv;
  const { problems, trajectory } = play(make(), seed, steps);
  // What follows needs an environment that can be played at all.
  if (problems.length > 0) return problems;
  const checks = [
    () => (equal(play(make(), seed, steps).trajectory, trajectory) ? [] : ["The same seed gives another trajectory."]),
    () => problemsOfActions(make, seed),
    () => problemsOfOrder(make, seed, steps),
    () => problemsOfInput(make()),
    () => problemsOfClosing(make()),
  ];
  return checks.flatMap((check) => check());
}

function problemsOfShape(env: unknown): string[] {
  if (typeof env !== "object" || env === null) return [`An environment is an object, found ${show(env)}.`];
  const given = env as Record<string, unknown>;
  const methods = ["reset", "step", "close"].filter((name) => typeof given[name] !== "function");
  const spaces = ["observationSpace", "actionSpace"].filter((name) => !(given[name] instanceof Space));
  return [
    ...methods.map((name) => `It has no method ${name}.`),
    ...spaces.map((name) => `Its ${name} is no space, but ${show(given[name])}.`),
  ];
}

/** Random steps through episodes; stops at the first thing that is wrong. */
function play(env: AnyEnv, seed: number, steps: number): { problems: string[]; trajectory: unknown[] } {
  const trajectory: unknown[] = [];
  const policy = new RandomStream(seed, "policy");
  const stop = (problem: string) => ({ problems: [problem], trajectory });
  const first = env.reset({ seed }) as unknown;
  let problem = problemOfReset(env, first);
  if (problem !== undefined) return stop(problem);
  trajectory.push(frozen((first as unknown[])[0]));
  for (let t = 0; t < steps; t++) {
    const result = env.step(env.actionSpace.sample(policy)) as unknown;
    problem = problemOfStep(env, result);
    if (problem !== undefined) return stop(problem);
    const [observation, reward, terminated, truncated] = result as unknown[];
    const copy = frozen(observation);
    trajectory.push([copy, reward, terminated, truncated]);
    const over = terminated || truncated;
    const next = over ? (env.reset() as unknown) : undefined;
    if (over) {
      problem = problemOfReset(env, next);
      if (problem !== undefined) return stop(problem);
      trajectory.push(frozen((next as unknown[])[0]));
    } else if (t === 0) {
      env.step(env.actionSpace.sample(policy));
      if (!equal(frozen(observation), copy)) return stop("A later step changes an observation that was handed out.");
      env.reset();
    }
  }
  return { problems: [], trajectory };
}

function problemOfReset(env: AnyEnv, result: unknown): string | undefined {
  if (!Array.isArray(result) || result.length !== 2) {
    return `reset returns [observation, info], found ${show(result)}.`;
  }
  if (env.observationSpace.contains(result[0])) return undefined;
  return `reset shows ${show(result[0])}, which is not in the observation space: ${env.observationSpace}.`;
}

function problemOfStep(env: AnyEnv, result: unknown): string | undefined {
  if (!Array.isArray(result) || result.length !== 5) {
    return `step returns [observation, reward, terminated, truncated, info], found ${show(result)}.`;
  }
  const [observation, reward, terminated, truncated, info] = result;
  if (!env.observationSpace.contains(observation)) {
    return `step shows ${show(observation)}, which is not in the observation space: ${env.observationSpace}.`;
  }
  if (typeof reward !== "number" || !Number.isFinite(reward))
    return `A reward is a finite number, found ${show(reward)}.`;
  if (typeof terminated !== "boolean") return `terminated is true or false, found ${show(terminated)}.`;
  if (typeof truncated !== "boolean") return `truncated is true or false, found ${show(truncated)}.`;
  return typeof info === "object" && info !== null ? undefined : `info is an object, found ${show(info)}.`;
}

/** A wrong action must be refused and change nothing: what follows must be what would have followed without it. */
function problemsOfActions(make: () => AnyEnv, seed: number): string[] {
  const asked = make();
  const untouched = make();
  asked.reset({ seed });
  untouched.reset({ seed });
  for (const wrong of wrongActions(asked.actionSpace)) {
    if (problemOfAct(() => asked.step(wrong)) === undefined) {
      return [`It takes the action ${show(wrong)}, which is not in the action space: ${asked.actionSpace}.`];
    }
  }
  const action = asked.actionSpace.sample(new RandomStream(seed, "policy"));
  const after = [asked.step(action), untouched.step(action)].map((result) => frozen(result.slice(0, 4)));
  return equal(after[0], after[1]) ? [] : ["A refused action changes its state."];
}

function problemsOfOrder(make: () => AnyEnv, seed: number, steps: number): string[] {
  const env = make();
  const policy = new RandomStream(seed, "policy");
  const step = () => env.step(env.actionSpace.sample(policy));
  if (problemOfAct(step) === undefined) return ["It takes a step before the first reset."];
  env.reset({ seed });
  for (let t = 0; t < 20 * steps; t++) {
    const [, , terminated, truncated] = step();
    if (!terminated && !truncated) continue;
    return problemOfAct(step) === undefined ? ["It takes a step after the end of an episode."] : [];
  }
  return [];
}

function problemsOfInput(env: AnyEnv): string[] {
  const problems: string[] = [];
  for (const seed of [-1, 0.5]) {
    if (problemOfAct(() => env.reset({ seed })) === undefined) problems.push(`It takes the seed ${seed}.`);
  }
  const set = () => env.parameters?.set("a parameter that does not exist", 1);
  if (env.parameters !== undefined && problemOfAct(set) === undefined) {
    problems.push("Setting a parameter that does not exist is no error.");
  }
  return problems;
}

function problemsOfClosing(env: AnyEnv): string[] {
  env.reset({ seed: 1 });
  env.close();
  const problem = problemOfAct(() => env.close());
  return problem === undefined ? [] : [`Closing twice is an error: ${problem}.`];
}
