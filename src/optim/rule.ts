import type { Engine } from "../kernels/engine.js";
import { type Clip, clipInPlace, requireTensors } from "./around/clip.js";
import { requireFinite } from "./around/finite.js";
import { type Schedule, type ScheduleOptions, schedule } from "./around/schedule.js";
import type { Optimizer } from "./optimizer.js";
import { overwriteState, type State, type Vector, zeros } from "./transform.js";

/** The options that every optimizer has. */
export interface CommonOptions {
  readonly name: string;
  readonly lr: number;
  readonly schedule: ScheduleOptions | Schedule | null;
  readonly weightDecay: number;
  readonly decoupled: boolean;
  readonly clip: Clip | null;
  readonly decayBeforeClip: boolean;
  readonly onChange: "keep" | "time" | "reset";
}

/**
 * The part of an engine that optimizers use: memory, and kernels that stand in for a rule's loop on vectors in that
 * memory, with the same bits.
 */
export type UpdateEngine = Pick<
  Engine,
  "allocate" | "owns" | "isFinite" | "norm" | "scale" | "addScaled" | "rmspropUpdate" | "adamUpdate"
>;

/** The part of an optimizer that is its own: its accumulators and its loop. */
export interface Rule<S extends State> {
  /** The accumulators before the first step. */
  init(like: number | Vector): Omit<S, "step" | "updates">;

  /**
   * Writes the update into `state.updates`. `state.step` counts this update already: it is 1 at the first.
   *
   * @param lr the learning rate of this step, the schedule's factor included
   * @param decay the coefficient λ of what is still to be added to the gradient: λ θ; 0 unless decay is coupled
   */
  update(gradients: Vector, state: S, parameters: Vector, lr: number, decay: number): void;

  /**
   * The same as {@link update} by a kernel, on vectors of the engine; left out where there is none for the options.
   *
   * @param shrink η λ of decoupled decay, which the kernel adds
   * @param move whether the updates are to be added to the parameters too
   */
  fused?(
    engine: UpdateEngine,
    gradients: Float32Array,
    state: S,
    parameters: Float32Array,
    lr: number,
    decay: number,
    shrink: number,
    move: boolean,
  ): void;

  /** Starts the bias correction anew and keeps the accumulators (`onChange: "time"`). */
  restartTime?(state: S): void;
}

/**
 * The optimizer of a rule, with what surrounds every rule, in this order:
 *
 *     g not finite?              NonFiniteGradientError, nothing has changed
 *     g ← g + λ θ                (coupled decay, with decayBeforeClip)
 *     g ← clip(g)
 *     g ← g + λ θ                (coupled decay, else; done in the rule's own loop)
 *     Δθ ← rule(g), η = lr · schedule(t)
 *     Δθ ← Δθ − η λ θ            (decoupled decay)
 *     θ ← θ + Δθ                 (`step` only)
 *
 * Decoupled decay: Loshchilov and Hutter (2019), as torch, optax and Keras have it, times the scheduled η. Whether θ
 * shrinks before the step (torch, Keras) or with it (optax) is the same number up to rounding.
 *
 * @param engine does the work where the vectors are its own and the rule is one that it knows
 */
export function optimizerFromRule<S extends State>(
  options: CommonOptions,
  rule: Rule<S>,
  engine?: UpdateEngine,
): Optimizer {
  const { name, lr, weightDecay, decoupled, clip, decayBeforeClip, onChange } = options;
  const factor =
    typeof options.schedule === "object" ? options.schedule && schedule(options.schedule) : options.schedule;
  const decaysBeforeClipping = clip !== null && decayBeforeClip && !decoupled;
  const coupledDecay = decoupled || decaysBeforeClipping ? 0 : weightDecay;
  const decoupledDecay = decoupled ? weightDecay : 0;

  const start = (like: number | Vector): S => {
    if (clip !== null) requireTensors(clip, typeof like === "number" ? like : like.length);
    const prepared = clip === null ? {} : { prepared: zeros(like) };
    return { step: 0, updates: zeros(like), ...prepared, ...rule.init(like) } as S;
  };

  const init = (like: number | Vector): S => {
    const state = start(like);
    return engine === undefined || typeof like === "number" || !engine.owns(like) ? state : moveTo(engine, state);
  };

  const advance = (gradients: Vector, state: S, parameters: Vector, move: boolean): Vector => {
    const { updates } = state;
    const isOwn = engine?.owns(gradients) && engine.owns(parameters) && engine.owns(updates);
    const kernels = isOwn && rule.fused !== undefined ? engine : undefined;
    if (!kernels?.isFinite(gradients as Float32Array)) requireFinite(gradients, name, state.step + 1);
    const rate = factor === null ? lr : lr * factor(state.step);
    state.step++;
    let used = gradients;
    if (clip !== null) {
      used = state.prepared as Vector;
      used.set(gradients);
      if (decaysBeforeClipping) for (let i = 0; i < used.length; i++) used[i] += weightDecay * parameters[i];
      clipInPlace(used, clip);
    }
    if (kernels !== undefined) {
      rule.fused?.(
        kernels,
        used as Float32Array,
        state,
        parameters as Float32Array,
        rate,
        coupledDecay,
        rate * decoupledDecay,
        move,
      );
      return updates;
    }
    rule.update(used, state, parameters, rate, coupledDecay);
    if (decoupledDecay !== 0)
      for (let i = 0; i < updates.length; i++) updates[i] -= rate * decoupledDecay * parameters[i];
    if (move) for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
    return updates;
  };

  const reset = (state: S) => overwriteState(state, start(state.updates));

  const optimizer: Optimizer<S> = {
    name,
    init,
    update: (gradients, state, parameters) => advance(gradients, state, parameters, false),
    step(parameters, gradients, state) {
      advance(gradients, state, parameters, true);
    },
    change(state) {
      if (onChange === "reset") reset(state);
      if (onChange === "time") rule.restartTime?.(state);
    },
    reset,
  };
  return optimizer;
}

/** A state with its vectors in an engine's memory. */
function moveTo<S extends State>(engine: UpdateEngine, state: S): S {
  const entries = Object.entries(state).map(([name, value]) => {
    if (!(value instanceof Float32Array)) return [name, value];
    const own = engine.allocate(value.length);
    own.set(value);
    return [name, own];
  });
  return Object.fromEntries(entries) as S;
}
