import { z } from "zod";
import { distributionBounded, distributionBoundedSchema } from "./distributions/bounded.js";
import { distributionIncrement, distributionIncrementSchema } from "./distributions/increment.js";
import {
  distributionCycle,
  distributionCycleSchema,
  distributionList,
  distributionListSchema,
} from "./distributions/listed.js";
import { distributionRandom, distributionRandomSchema } from "./distributions/random.js";
import {
  distributionLinear,
  distributionLinearSchema,
  distributionReversion,
  distributionReversionSchema,
} from "./distributions/towards.js";
import type { DistributionUpdate, Update } from "./update.js";
import { customUpdate, customUpdateSchema } from "./updates/custom.js";
import { cycle, cycleSchema } from "./updates/cycle.js";
import { decay, decaySchema } from "./updates/decay.js";
import { geometricProgression, geometricProgressionSchema } from "./updates/geometric-progression.js";
import { increment, incrementSchema } from "./updates/increment.js";
import { linear, linearSchema } from "./updates/linear.js";
import { list, listSchema } from "./updates/list.js";
import { ornsteinUhlenbeck, ornsteinUhlenbeckSchema } from "./updates/ornstein-uhlenbeck.js";
import { oscillation, oscillationSchema } from "./updates/oscillation.js";
import { randomWalk, randomWalkSchema } from "./updates/random-walk.js";
import { sigmoid, sigmoidSchema } from "./updates/sigmoid.js";
import { trend, trendSchema } from "./updates/trend.js";

/** The options of every update, told apart by `name`. */
export const updateSchema = z.discriminatedUnion("name", [
  cycleSchema,
  listSchema,
  incrementSchema,
  trendSchema,
  linearSchema,
  sigmoidSchema,
  oscillationSchema,
  randomWalkSchema,
  ornsteinUhlenbeckSchema,
  decaySchema,
  geometricProgressionSchema,
  customUpdateSchema,
  distributionListSchema,
  distributionCycleSchema,
  distributionRandomSchema,
  distributionIncrementSchema,
  distributionLinearSchema,
  distributionReversionSchema,
  distributionBoundedSchema,
]);

export function buildUpdate(options: z.output<typeof updateSchema>): Update | DistributionUpdate {
  switch (options.name) {
    case "cycle":
      return cycle(options);
    case "list":
      return list(options);
    case "increment":
      return increment(options);
    case "trend":
      return trend(options);
    case "linear":
      return linear(options);
    case "sigmoid":
      return sigmoid(options);
    case "sine":
      return oscillation(options);
    case "randomWalk":
      return randomWalk(options);
    case "ornsteinUhlenbeck":
      return ornsteinUhlenbeck(options);
    case "decay":
      return decay(options);
    case "geometric":
      return geometricProgression(options);
    case "custom":
      return customUpdate(options);
    case "distributionList":
      return distributionList(options);
    case "distributionCycle":
      return distributionCycle(options);
    case "distributionRandom":
      return distributionRandom();
    case "distributionIncrement":
      return distributionIncrement(options);
    case "distributionLinear":
      return distributionLinear(options);
    case "distributionReversion":
      return distributionReversion(options);
    case "distributionBounded":
      return distributionBounded(options);
  }
}
