import type { z } from "zod";
import { check } from "../../config/check.js";
import { clipInPlace, clipSchema, requireTensors } from "../around/clip.js";
import { type Schedule, type ScheduleOptions, schedule, scheduleSchema } from "../around/schedule.js";
import { type State, type Transform, type Vector, zeros } from "../transform.js";

/**
 * Links for `chain` beside the optimizers themselves. Each takes an update (or a gradient) and returns another.
 */
function link(name: string, rule: (state: State, parameters: Vector) => void): Transform {
  return {
    name,
    init: (like) => ({ step: 0, updates: zeros(like) }),
    update(incoming, state, parameters) {
      state.updates.set(incoming);
      rule(state, parameters);
      state.step++;
      return state.updates;
    },
  };
}

/**
 * Clips by value, norm or global norm; see `clip.ts`. ε is 0 unless given.
 *
 * @throws InputError on wrong options
 */
export function clipGradients(input: z.input<typeof clipSchema>): Transform {
  const clip = { eps: 0, ...check(clipSchema, input, "clipGradients") };
  return link("clipGradients", ({ updates }) => {
    requireTensors(clip, updates.length);
    clipInPlace(updates, clip);
  });
}

/** u ← u + λ θ: before an optimizer coupled decay; after one, with a negative λ = −η λ', decoupled. */
export function addDecay(coefficient: number): Transform {
  return link("addDecay", ({ updates }, parameters) => {
    for (let i = 0; i < updates.length; i++) updates[i] += coefficient * parameters[i];
  });
}

/**
 * u ← f u, by a number, a schedule as data, or a function of the number of updates done.
 *
 * @throws InputError on a wrong schedule
 */
export function scaleBy(factor: number | ScheduleOptions | Schedule): Transform {
  const at = typeof factor === "object" ? schedule(check(scheduleSchema, factor, "scaleBy")) : factor;
  return link("scaleBy", ({ step, updates }) => {
    const scale = typeof at === "number" ? at : at(step);
    for (let i = 0; i < updates.length; i++) updates[i] *= scale;
  });
}
