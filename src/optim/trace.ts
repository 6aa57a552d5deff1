import { z } from "zod";
import { check } from "../config/check.js";
import { norm } from "./norm.js";
import { isVector, type State, type Vector } from "./transform.js";

const traceSchema = z.strictObject({
  quantiles: z.array(z.number().min(0).max(1)).min(1).default([0.1, 0.5, 0.9]).describe("0.5 is the median"),
});

/** Measurements of one step; the object is reused by every `read`. */
export interface TraceRecord {
  /** ‖g‖ of the gradient as it was given, before clipping and decay. */
  gradientNorm: number;
  /** ‖Δθ‖ */
  updateNorm: number;
  /** Quantiles over parameters of |Δθ_i|/|g_i|; parameters with g_i = 0 are left out; NaN where all are. */
  readonly effectiveStep: Float64Array;
  /** Quantiles over parameters of √v_i, uncorrected (AdaGrad: √s_i); NaN where the optimizer keeps no squares. */
  readonly rootSquareAverage: Float64Array;
}

/** What an optimizer does, step by step: reads its state and a step's vectors. */
export interface Trace {
  readonly quantiles: readonly number[];
  readonly record: TraceRecord;
  /** Reads the last step from its gradient and the state after it. Allocates no vector. */
  read(gradients: Vector, state: State): TraceRecord;
}

/**
 * Measures the steps of any optimizer from its state, so a step that nobody traces costs nothing. A reading sorts,
 * O(n log n).
 *
 *     const trace = createTrace(parameters.length);
 *     optimizer.step(parameters, gradients, state);
 *     trace.read(gradients, state).effectiveStep[1];  // the median of |Δθ_i|/|g_i|
 *
 * A quantile q over n values is taken between the sorted values at ⌊h⌋ and ⌈h⌉, h = (n − 1) q, linearly.
 *
 * @param size number of parameters
 * @throws InputError on quantiles outside 0 … 1
 */
export function createTrace(size: number, input: z.input<typeof traceSchema> = {}): Trace {
  const { quantiles } = check(traceSchema, input, "trace");
  const scratch = new Float64Array(size);
  const record: TraceRecord = {
    gradientNorm: Number.NaN,
    updateNorm: Number.NaN,
    effectiveStep: new Float64Array(quantiles.length),
    rootSquareAverage: new Float64Array(quantiles.length),
  };
  // A window of another length is needed only when some gradients are zero.
  const whole = scratch;

  const summarise = (count: number, out: Float64Array): void => {
    if (count === 0) {
      out.fill(Number.NaN);
      return;
    }
    const values = count === size ? whole : scratch.subarray(0, count);
    values.sort();
    for (let k = 0; k < quantiles.length; k++) {
      const position = (count - 1) * quantiles[k];
      const low = Math.floor(position);
      const high = Math.ceil(position);
      out[k] = values[low] + (position - low) * (values[high] - values[low]);
    }
  };

  return {
    quantiles,
    record,
    read(gradients, state) {
      const { updates } = state;
      record.gradientNorm = norm(gradients);
      record.updateNorm = norm(updates);
      let count = 0;
      for (let i = 0; i < size; i++) {
        if (gradients[i] !== 0) scratch[count++] = Math.abs(updates[i] / gradients[i]);
      }
      summarise(count, record.effectiveStep);
      const squares = squaresOf(state);
      if (squares !== undefined) for (let i = 0; i < size; i++) scratch[i] = Math.sqrt(squares[i]);
      summarise(squares === undefined ? 0 : size, record.rootSquareAverage);
      return record;
    },
  };
}

/** The squares of gradients in a state: its own, or the first of a chain's links that does. */
function squaresOf(state: State): Vector | undefined {
  const own = state.squareAverage ?? state.squareSum;
  if (isVector(own)) return own;
  if (!Array.isArray(state.links)) return undefined;
  for (const link of state.links as readonly State[]) {
    const found = squaresOf(link);
    if (found !== undefined) return found;
  }
  return undefined;
}
