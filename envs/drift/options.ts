import { z } from "zod";
import { check } from "../../src/config/check.js";
import { InputError } from "../../src/config/input-error.js";
import { suggest } from "../../src/config/nearest.js";
import { accepts, expected, type ParameterSpecs } from "../parameters.js";
import { buildSchedule, scheduleSchema } from "./build-schedule.js";
import { buildUpdate, updateSchema } from "./build-update.js";

/** A drift as data: each entry is a parameter, the schedule of its changes, and the update that each makes. */
export const driftSchema = z.array(
  z.strictObject({
    parameter: z.string().describe("a parameter of the environment, or one of its distributions"),
    schedule: scheduleSchema.describe("when it changes"),
    update: updateSchema.describe("what it changes to"),
    bounds: z
      .tuple([z.number().nullable(), z.number().nullable()])
      .refine(([low, high]) => low === null || high === null || low <= high, "expected [low, high] in order")
      .optional()
      .describe("[low, high] within which the value is held; null for none"),
    clock: z
      .enum(["lifetime", "episode"])
      .default("lifetime")
      .describe("of the schedule: environment steps ever, or those of the episode, whose end takes the change back"),
  }),
);
/** A checked drift: an entry for each parameter that changes. */
export type DriftOptions = z.output<typeof driftSchema>;
/** A drift as one writes it; what is left out takes its default. */
export type DriftInput = z.input<typeof driftSchema>;

/** Groups of parameters that together are a distribution: non-negative weights, used in proportion. */
export type Distributions = Readonly<Record<string, readonly string[]>>;

export interface Driftable {
  readonly parameters: ParameterSpecs;
  readonly distributions?: Distributions;
}

/**
 * The checked drift of an environment with these parameters and distributions.
 *
 * @param copies of the environment: an episode clock needs a single one, since all copies share their parameters
 * @throws InputError for an unknown parameter, schedule or update, and for a value that the parameter cannot take
 */
export function checkDrift(input: DriftInput, driftable: Driftable, source: string, copies = 1): DriftOptions {
  const options = check(driftSchema, input, source);
  options.forEach((entry, i) => {
    const problem = problemOf(entry, driftable);
    if (problem !== undefined) {
      const found = problem.found === undefined ? "" : `, found ${problem.found}`;
      throw new InputError(`${source}: ${i}.${problem.at}: ${problem.message}${found}`);
    }
    if (entry.clock === "lifetime" || copies === 1) return;
    throw new InputError(
      `${source}: ${i}.clock: expected "lifetime" for ${copies} copies, which share their parameters but not their episodes`,
    );
  });
  return options;
}

/** The first mistake in a drift's entry for an environment, and its place; undefined where there is none. */
export function problemOf(
  { parameter, update, schedule, bounds }: DriftOptions[number],
  { parameters, distributions = {} }: Driftable,
): { at: "parameter" | "update" | "bounds"; message: string; found?: number } | undefined {
  buildSchedule(schedule);
  const built = buildUpdate(update);
  const group = Object.hasOwn(distributions, parameter) ? distributions[parameter] : undefined;
  if (built.kind === "distribution") {
    if (group === undefined) {
      const valid = Object.keys(distributions).join(", ");
      const known = valid === "" ? "there is none" : `valid: ${valid}`;
      return {
        at: "parameter",
        message: `${update.name} changes a distribution, and "${parameter}" is none; ${known}`,
      };
    }
    if (bounds !== undefined) return { at: "bounds", message: "a distribution takes none" };
    if (update.name === "distributionIncrement" && update.index >= group.length) {
      return { at: "update", message: `index: expected at most ${group.length - 1}`, found: update.index };
    }
    const wrong = built.named.find((named) => named.length !== group.length);
    if (wrong === undefined) return undefined;
    return { at: "update", message: `expected ${group.length} probabilities (${group})`, found: wrong.length };
  }
  if (group !== undefined) {
    return { at: "update", message: `"${parameter}" is a distribution; ${update.name} changes a number` };
  }
  if (!Object.hasOwn(parameters, parameter)) {
    const valid = [...Object.keys(parameters), ...Object.keys(distributions)];
    return { at: "parameter", message: `unknown parameter "${parameter}"${suggest(parameter, valid)}` };
  }
  const spec = parameters[parameter];
  const bad = built.range.map((value) => clip(value, bounds)).find((value) => !accepts(spec, value));
  if (bad === undefined) return undefined;
  return { at: "update", message: `${parameter}: expected ${expected(spec)}`, found: bad };
}

/** The names of the parameters that a drift changes, each once. */
export function driftingParameters(drift: DriftOptions, distributions: Distributions = {}): string[] {
  return [...new Set(drift.flatMap(({ parameter }) => distributions[parameter] ?? [parameter]))];
}

/** The value held within bounds. */
export function clip(value: number, bounds: DriftOptions[number]["bounds"]): number {
  if (bounds === undefined) return value;
  const [low, high] = bounds;
  return Math.min(Math.max(value, low ?? Number.NEGATIVE_INFINITY), high ?? Number.POSITIVE_INFINITY);
}
