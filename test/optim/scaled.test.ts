import { describe, expect, it } from "vitest";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { addScaled, scale } from "../../src/optim/scaled.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const engine = createWasmEngine({ megabytes: 1 });

/** The same normals in an engine's memory, from an odd float on, and in JavaScript's own. */
function twice(name: string, size: number): [Float32Array, Float32Array] {
  const own = new Float32Array(size);
  new RandomStream(1, name).fillNormal(own, 0, 3);
  const engines = engine.allocate(size + 1).subarray(1);
  engines.set(own);
  return [engines, own];
}

describe("scaled vectors", () => {
  it("round each product and each sum once, where it is stored", () => {
    const [vector, target] = [new Float32Array([3, -5, 1e-45]), new Float32Array([1, 2 ** 24, 0])];
    addScaled(target, 1 / 3, vector);
    expect([...target]).toEqual([2, Math.fround(2 ** 24 - 5 / 3), 0]);
    scale(vector, 0.1);
    expect([...vector]).toEqual([Math.fround(0.1 * 3), Math.fround(0.1 * -5), 0]);
  });

  it.each([0, 1, 2, 7, 1000, 1003])("have the same %d floats from an engine's kernels", (size) => {
    const [kernels, loops] = twice("vector", size);
    const [kernelsTarget, loopsTarget] = twice("target", size);
    scale(kernels, 0.7, engine);
    scale(loops, 0.7, engine);
    addScaled(kernelsTarget, -0.3, kernels, engine);
    addScaled(loopsTarget, -0.3, loops, engine);
    expect([...kernels]).toEqual([...loops]);
    expect([...kernelsTarget]).toEqual([...loopsTarget]);
  });

  it("touch nothing behind their last element", () => {
    const memory = engine.allocate(8).fill(1);
    scale(memory.subarray(0, 3), 2, engine);
    addScaled(memory.subarray(4, 7), 2, memory.subarray(0, 3), engine);
    expect([...memory]).toEqual([2, 2, 2, 1, 5, 5, 5, 1]);
  });
});
