import { z } from "zod";
import { memory } from "../../src/theory/rmsprop-response.js";
import type { CheckedRun } from "../parts/report.js";

/** What is read of the configuration of a run on CartPole. */
export const cartpoleNeeds = z.object({
  env: z.object({
    copies: z.number(),
    drift: z
      .array(
        z.object({
          parameter: z.string(),
          schedule: z.object({ steps: z.array(z.number()) }),
          update: z.object({ values: z.array(z.number()) }),
        }),
      )
      .min(1),
  }),
  agent: z.object({ rollout: z.number() }),
  optimizer: z.object({ rho: z.number() }),
  steps: z.number(),
});
export type CartpoleConfig = z.output<typeof cartpoleNeeds>;
export type CartpoleRun = CheckedRun<CartpoleConfig>;

export const rhoOf = ({ config }: CartpoleRun) => config.optimizer.rho;

/** Environment steps between two updates, all copies together. */
export const stepsPerUpdate = ({ env, agent }: CartpoleConfig) => env.copies * agent.rollout;

/** RMSprop's memory of 1/(1 − ρ) updates, in environment steps. */
export const memorySteps = (config: CartpoleConfig) => stepsPerUpdate(config) * memory(config.optimizer.rho);

/** A stretch of a run without change. The first begins from scratch: what an oracle that restarts would need. */
export interface Phase {
  readonly at: number;
  readonly end: number;
  readonly label: string;
}

/** The phases between the jumps of the drifting parameter, in environment steps. */
export function phases({ env, steps }: CartpoleConfig): Phase[] {
  const [{ parameter, schedule, update }] = env.drift;
  const starts = [0, ...schedule.steps];
  return starts.map((at, phase) => {
    const value = update.values[(phase - 1) % update.values.length];
    const label = phase === 0 ? "from scratch" : `jump ${phase}: ${parameter} → ${value}`.replace("-", "−");
    return { at, end: starts[phase + 1] ?? steps, label };
  });
}

const highestReturn = 500;
/** The return that counts as recovered: 80 % of the highest possible, a fixed reference and not the run's own past. */
export const reference = 0.8 * highestReturn;
/** Episodes whose mean return must reach the reference. */
export const recoveryEpisodes = 20;
