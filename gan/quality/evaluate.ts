import { finiteOrNull } from "../../src/math/finite-or-null.js";
import type { Streams } from "../../src/rng/streams.js";
import type { Columns } from "../../src/study/tables.js";
import type { Summary } from "../../src/study/task.js";
import type { PlaneGan } from "../networks/plane-gan.js";
import { gameTables } from "../tables.js";
import type { Target } from "../targets/target.js";
import { medianDistance, slicedWasserstein, squaredMmd } from "./distances.js";
import { type Quality, quality } from "./modes.js";
import { neighbourhood } from "./neighbours.js";

/** Samples for the quality measures and for the picture of the generator at the end of a run. */
export const evaluationRows = 2048;

/** Points of each sample in the comparisons, whose cost grows with their square. */
const comparedRows = 1000;

/** The columns logged of a generator while it learns: the quality of its modes, or without modes one distance. */
export interface Watch {
  readonly columns: Columns;
  /** The columns' values, in their order, for the generator as it is. */
  measure(): Readonly<Record<string, number>>;
}

export function watch(gan: PlaneGan, streams: Streams): Watch {
  const { mixture } = gan.target;
  const draw = () => gan.sample(streams.get("evaluation"), evaluationRows);
  const { further } = gameTables.quality;
  if (mixture !== undefined) {
    const { modes, highQuality, reverseKl, spread } = further;
    return {
      columns: { modes, highQuality, reverseKl, spread },
      measure() {
        const { modes, highQuality, reverseKl, spread } = quality(mixture, draw(), evaluationRows);
        return { modes, highQuality, reverseKl, spread };
      },
    };
  }
  return {
    columns: { slicedWasserstein: further.slicedWasserstein },
    measure() {
      const real = drawReal(gan.target, streams, evaluationRows);
      return { slicedWasserstein: slicedWasserstein(real, draw(), streams.get("evaluation/directions")) };
    },
  };
}

/** The quality of the generator's modes; null where the target has none, and a spread where no sample is good. */
export function modeQuality(gan: PlaneGan, streams: Streams): { readonly [K in keyof Quality]: number | null } {
  const { mixture } = gan.target;
  if (mixture === undefined) return { modes: null, highQuality: null, reverseKl: null, spread: null };
  const found = quality(mixture, gan.sample(streams.get("evaluation"), evaluationRows), evaluationRows);
  return { ...found, spread: finiteOrNull(found.spread) };
}

/**
 * Distances between the generator's sample and one of the target, of as many points; null where a sample is not finite.
 *
 * The bandwidth of the MMD is 10σ of a mixture's modes, else the median distance between the real points.
 */
export function compare(real: Float32Array, gan: PlaneGan, streams: Streams): Summary {
  const { mixture } = gan.target;
  const generated = gan.sample(streams.get("evaluation"), real.length / 2);
  const bandwidth = mixture === undefined ? medianDistance(real) : 10 * mixture.deviation;
  const measures = {
    squaredMmd: squaredMmd(real, generated, bandwidth),
    slicedWasserstein: slicedWasserstein(real, generated, streams.get("evaluation/directions")),
    ...neighbourhood(real, generated),
  };
  const finite = generated.every(Number.isFinite);
  // Real points that all lie in one place leave the MMD without a scale.
  return Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [name, finite ? finiteOrNull(value) : null]),
  );
}

/** A sample of the target, by default of as many points as the comparisons take. */
export function drawReal(target: Target, streams: Streams, rows = comparedRows): Float32Array {
  const real = new Float32Array(2 * rows);
  target.sample(streams.get("evaluation/real"), real, rows);
  return real;
}
