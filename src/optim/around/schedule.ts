import { z } from "zod";

const factor = z.number().nonnegative();
const steps = z.int().positive();
const start = z.int().nonnegative().default(0).describe("steps before it begins");

const simple = [
  z.strictObject({ name: z.literal("constant"), factor: factor.default(1) }),
  z.strictObject({ name: z.literal("linear"), from: factor.default(1), to: factor.default(0), steps, start }),
  z.strictObject({
    name: z.literal("polynomial"),
    from: factor.default(1),
    to: factor.default(0),
    power: z.number().positive().default(2),
    steps,
    start,
  }),
  z.strictObject({
    name: z.literal("exponential"),
    rate: z.number().positive().describe("the factor that is gained every `every` steps"),
    every: steps.default(1),
    staircase: z.boolean().default(false).describe("only after whole periods"),
    start,
  }),
  z.strictObject({
    name: z.literal("inverseTime"),
    rate: z.number().nonnegative(),
    every: steps.default(1),
    staircase: z.boolean().default(false).describe("only after whole periods"),
    start,
  }),
  z
    .strictObject({
      name: z.literal("piecewise"),
      at: z.array(steps).min(1).describe("the steps after which the next factor holds"),
      factors: z.array(factor).min(2).describe("one more than there are steps"),
    })
    .refine(({ at, factors }) => factors.length === at.length + 1, {
      message: "expected one factor more than there are steps",
      path: ["factors"],
    })
    .refine(({ at }) => at.every((step, i) => i === 0 || step > at[i - 1]), {
      message: "expected steps in increasing order",
      path: ["at"],
    }),
  z.strictObject({
    name: z.literal("cosine"),
    steps: steps.describe("length of the (first) fall"),
    to: factor.default(0),
    restarts: z.boolean().default(false).describe("begin again from the top, instead of staying at `to`"),
    stretch: z.int().positive().default(1).describe("each fall is this many times as long as the one before"),
    shrink: factor.default(1).describe("each restart begins at this share of the one before"),
  }),
  z.strictObject({
    name: z.literal("oneCycle"),
    steps: z.int().min(2).describe("length of the whole cycle"),
    rise: z.number().gt(0).lt(1).default(0.3).describe("share of the steps that rise"),
    from: factor.default(1 / 25),
    to: factor.default(1 / 25 / 1e4),
  }),
] as const;
const simpleSchema = z.discriminatedUnion("name", [...simple]);

/** A schedule as data. */
export const scheduleSchema = z.discriminatedUnion("name", [
  ...simple,
  z.strictObject({
    name: z.literal("warmUp"),
    steps: steps.describe("length of the linear rise"),
    from: factor.default(0),
    after: simpleSchema.prefault({ name: "constant" }).describe("what follows, with its own count of steps"),
  }),
]);
export type ScheduleOptions = z.output<typeof scheduleSchema>;

/** The factor on the learning rate at an update, by the number of updates done before it (0, 1, …). */
export type Schedule = (step: number) => number;

/**
 * A factor on the learning rate as a function of the number t of updates done before.
 *
 *     constant     f
 *     linear       from + (to − from) s,            s = min(1, (t − start)/steps), 0 before start
 *     polynomial   to + (from − to) (1 − s)^power
 *     exponential  rate^(t/every)
 *     inverseTime  1/(1 + rate · t/every)
 *     piecewise    factors[k], k = how many of `at` are ≤ t
 *     cosine       to + (top − to)(1 + cos π s)/2;  restarts: again from top · shrink over steps · stretch
 *     warmUp       from + (1 − from) t/steps, after `steps` the schedule `after` from its own 0
 *     oneCycle     rises from `from` to 1 over the share `rise`, falls to `to`; both by half a cosine
 *
 * Sources: cosine: Loshchilov and Hutter (2017), `CosineAnnealingWarmRestarts`; one cycle: Smith and Topin (2018),
 * `OneCycleLR` to the step; the others as in optax and Keras, which count from 0 as well.
 */
export function schedule(options: ScheduleOptions): Schedule {
  switch (options.name) {
    case "constant":
      return () => options.factor;
    case "linear":
      return (step) => options.from + (options.to - options.from) * share(step - options.start, options.steps);
    case "polynomial": {
      const { from, to, power } = options;
      return (step) => to + (from - to) * raise(1 - share(step - options.start, options.steps), power);
    }
    case "exponential":
      return (step) => Math.exp(Math.log(options.rate) * periods(step, options));
    case "inverseTime":
      return (step) => 1 / (1 + options.rate * periods(step, options));
    case "piecewise":
      return (step) => {
        let phase = 0;
        while (phase < options.at.length && step >= options.at[phase]) phase++;
        return options.factors[phase];
      };
    case "cosine":
      return (step) => cosine(step, options);
    case "oneCycle":
      return (step) => oneCycle(step, options);
    case "warmUp": {
      const { steps: length, from } = options;
      const next = schedule(options.after);
      return (step) => (step < length ? from + (1 - from) * (step / length) : next(step - length));
    }
  }
}

type Named<Name> = Extract<ScheduleOptions, { name: Name }>;

function share(step: number, length: number): number {
  return Math.min(1, Math.max(0, step / length));
}

/** x^power without the power function, whose bits differ between engines. */
function raise(x: number, power: number): number {
  if (power === 1) return x;
  return power === 2 ? x * x : Math.exp(power * Math.log(x));
}

function periods(step: number, { start: begin, every, staircase }: Named<"exponential" | "inverseTime">): number {
  const count = Math.max(0, step - begin) / every;
  return staircase ? Math.floor(count) : count;
}

function fall(from: number, to: number, done: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * done))) / 2;
}

function cosine(step: number, { steps: first, to, restarts, stretch, shrink }: Named<"cosine">): number {
  if (!restarts) return fall(1, to, share(step, first));
  let here = step;
  let length = first;
  let top = 1;
  while (here >= length) {
    here -= length;
    length *= stretch;
    top *= shrink;
  }
  return fall(top, to, here / length);
}

function oneCycle(step: number, { steps: total, rise, from, to }: Named<"oneCycle">): number {
  const peak = rise * total - 1;
  const last = total - 1;
  if (step < peak) return fall(from, 1, step / peak);
  return fall(1, to, Math.min(1, (step - peak) / (last - peak)));
}
