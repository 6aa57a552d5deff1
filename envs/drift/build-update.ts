import { z } from "zod";
import { definitionOf, describeAll, schemasOf } from "../../src/config/definitions.js";
import { distributionBounded } from "./distributions/bounded.js";
import { distributionCycle } from "./distributions/cycle.js";
import { distributionIncrement } from "./distributions/increment.js";
import { distributionLinear } from "./distributions/linear.js";
import { distributionList } from "./distributions/list.js";
import { distributionRandom } from "./distributions/random.js";
import { distributionReversion } from "./distributions/reversion.js";
import type { DistributionUpdate, Update, UpdateDefinition } from "./update.js";
import { customUpdate } from "./updates/custom.js";
import { cycle } from "./updates/cycle.js";
import { decay } from "./updates/decay.js";
import { geometricProgression } from "./updates/geometric-progression.js";
import { increment } from "./updates/increment.js";
import { linear } from "./updates/linear.js";
import { list } from "./updates/list.js";
import { ornsteinUhlenbeck } from "./updates/ornstein-uhlenbeck.js";
import { oscillation } from "./updates/oscillation.js";
import { randomWalk } from "./updates/random-walk.js";
import { sigmoid } from "./updates/sigmoid.js";
import { trend } from "./updates/trend.js";

/** Every update, of a number and of a distribution. Adding one is its file and a line here. */
const definitions = [
  cycle,
  list,
  increment,
  trend,
  linear,
  sigmoid,
  oscillation,
  randomWalk,
  ornsteinUhlenbeck,
  decay,
  geometricProgression,
  customUpdate,
  distributionList,
  distributionCycle,
  distributionRandom,
  distributionIncrement,
  distributionLinear,
  distributionReversion,
  distributionBounded,
] as const;

/** The options of every update, told apart by `name`. */
export const updateSchema = z.discriminatedUnion("name", [...schemasOf(definitions)]);

/** Name → what a parameter changes to, for listings. */
export const driftUpdates: Readonly<Record<string, string>> = describeAll(definitions);

/** The update of checked options. */
export function buildUpdate(options: z.output<typeof updateSchema>): Update | DistributionUpdate {
  return definitionOf<UpdateDefinition>(definitions, options.name).create(options);
}
