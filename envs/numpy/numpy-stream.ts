import { RandomStream } from "../../src/rng/random-stream.js";
import { Pcg64 } from "./pcg64.js";

/**
 * A stream whose uniform draws are NumPy's, so that an environment which draws as Gymnasium's does starts where
 * Gymnasium's starts. It offers uniform draws alone: those are all that Gymnasium's classic control and toy text take.
 */
export class NumpyStream extends RandomStream {
  readonly generator: Pcg64;

  constructor(seed: number) {
    super(seed, "numpy");
    this.generator = new Pcg64(seed);
  }

  override uniform(low = 0, high = 1): number {
    return low + (high - low) * this.generator.random();
  }

  override integer(): number {
    return refuse();
  }
  override normal(): number {
    return refuse();
  }
  override fillNormal(): void {
    refuse();
  }
  override categorical(): number {
    return refuse();
  }
  override permutation(): Int32Array {
    return refuse();
  }
}

function refuse(): never {
  throw new Error("NumPy's generator is offered for uniform draws alone");
}
