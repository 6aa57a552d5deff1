import { z } from "zod";
import { InputError } from "../src/config/input-error.js";
import type { Agent, AgentState, Refusal } from "./agent.js";
import { copyLive, type LiveState, overwriteLive } from "./live-state.js";

const doings = ["resetSquareAverage", "resetOptimizer", "restart", "freeze"] as const;

export const interventionSchema = z.strictObject({
  at: z
    .union(
      [
        z.literal("change"),
        z.int().nonnegative(),
        z.strictObject({ every: z.int().positive().describe("environment steps between two of them") }),
      ],
      {
        error: 'expected "change", a step, or a map { every: steps }',
      },
    )
    .describe("when: whenever a parameter of the environment has drifted, at a step, or every so many steps"),
  after: z.int().nonnegative().default(0).describe("so many environment steps later"),
  do: z
    .enum(doings)
    .describe(
      "what starts anew (v and its bias correction, all the optimizer's state, all that was learned), or freeze",
    ),
});
export type Intervention = z.output<typeof interventionSchema>;

/** The first intervention that cannot come about; undefined where there is none. */
export function refusedIntervention(
  interventions: readonly Intervention[],
  { drifts, steps }: { readonly drifts: boolean; readonly steps: number },
): Refusal | undefined {
  for (const [i, { at, after, do: doing }] of interventions.entries()) {
    const refuse = (key: string, message: string) => ({ path: ["interventions", String(i), key], message });
    if (at === "change") {
      if (!drifts) return refuse("at", "expected a step, or a drift of the environment that makes changes");
    } else if (typeof at === "number") {
      if (at + after >= steps) return refuse("at", `expected a time before the last of ${steps} steps`);
    } else {
      if (doing === "freeze") return refuse("at", "expected change or a step: an agent that is frozen stays so");
      if (at.every + after >= steps) return refuse("at", `expected a time before the last of ${steps} steps`);
    }
  }
  return undefined;
}

/** What an intervention leaves to do: learn as always, or leave out this update. */
export type Decision = "learn" | "skip";

/**
 * Interventions in a training: what is done to the learner at given times, all else equal, shows what causes what.
 *
 *     resetSquareAverage   v, and its bias correction, as before the first step
 *     resetOptimizer       all the optimizer's state as before the first step
 *     restart              the same, and parameters and whatever else was learned as the run began; steps that the
 *                          replaced policy has played are not learned from
 *     freeze               no further update; the agent plays on
 *
 * They take place between playing and learning: before the first update that would learn from steps after their time. An
 * intervention at a change thus comes before the first update that sees it.
 */
export class Interventions {
  /** Numbers to go on with: whether the agent is frozen, the clock at the last rollout's end and at the last change. */
  readonly state: { frozen: number; clock: number; changedAt: number };
  readonly #interventions: readonly Intervention[];
  readonly #learned: LiveState;
  readonly #initial: LiveState;

  /**
   * @param agent before its first update
   * @throws InputError where an optimizer has no mean square that could be reset
   */
  constructor(interventions: readonly Intervention[], agent: Agent) {
    this.state = { frozen: 0, clock: 0, changedAt: Number.NEGATIVE_INFINITY };
    this.#interventions = interventions;
    this.#learned = learned(agent.state);
    this.#initial = copyLive(this.#learned);
    const lacking = optimizersOf(this.#initial).some((state) => state.squareAverage === undefined);
    const i = interventions.findIndex((one) => one.do === "resetSquareAverage");
    if (i < 0 || !lacking) return;
    throw new InputError(`interventions.${i}.do: expected an optimizer with a mean square of its own to reset`);
  }

  /**
   * Intervenes between playing and learning.
   *
   * @param clock environment steps so far
   * @param changed whether a parameter of the environment has drifted since the last call
   * @param onIntervention called with the place in the list of each that takes place
   */
  before(clock: number, changed: boolean, onIntervention: (index: number) => void): Decision {
    const { state } = this;
    const from = state.clock;
    state.clock = clock;
    if (changed) state.changedAt = from;
    let decision: Decision = "learn";
    for (const [i, intervention] of this.#interventions.entries()) {
      if (!this.#isDue(intervention, from, clock)) continue;
      onIntervention(i);
      if (intervention.do === "restart") decision = "skip";
      this.#carryOut(intervention);
    }
    return state.frozen ? "skip" : decision;
  }

  /** Whether its time is in [from, to). */
  #isDue({ at, after }: Intervention, from: number, to: number): boolean {
    if (typeof at !== "object") {
      const time = (at === "change" ? this.state.changedAt : at) + after;
      return from <= time && time < to;
    }
    const next = Math.max(1, Math.ceil((from - after) / at.every));
    return after + next * at.every < to;
  }

  #carryOut({ do: doing }: Intervention): void {
    if (doing === "freeze") this.state.frozen = 1;
    else if (doing === "restart") overwriteLive(this.#learned, this.#initial);
    else {
      for (const [k, initial] of optimizersOf(this.#initial).entries()) {
        overwriteLive(optimizersOf(this.#learned)[k], doing === "resetOptimizer" ? initial : squaresOf(initial));
      }
    }
  }
}

/** All that learning changes but the number of updates, and where play stands; all of it lives in vectors and maps. */
function learned({ update: _, rollout: __, ...parts }: AgentState): LiveState {
  return parts as LiveState;
}

const optimizersOf = ({ optimizers }: LiveState) => optimizers as readonly LiveState[];

/** The parts of an optimizer's state that are v and its bias correction. */
function squaresOf(state: LiveState): LiveState {
  const names = ["squareAverage", "largestSquareAverage", "rhoPower", "beta2Power"];
  return Object.fromEntries(Object.entries(state).filter(([name]) => names.includes(name)));
}

/** What is done → a line about it, for listings. */
export const interventionLines: Readonly<Record<(typeof doings)[number], string>> = {
  resetSquareAverage: "v, and its bias correction, as before the first step",
  resetOptimizer: "all the optimizer's state as before the first step",
  restart: "the same, and parameters and all else that was learned as the run began",
  freeze: "no further update; the agent plays on",
};
