import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLayout, viewOf } from "../../src/nn/layout.js";

const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 0, maxLength: 3 }), { maxLength: 12 });

describe("a layout", () => {
  it("keeps tensors in order, aligned, apart and inside, with the least padding", () => {
    fc.assert(
      fc.property(shapes, (all) => {
        const { tensors, size } = createLayout(all.map((shape, i) => ({ name: `t${i}`, shape })));
        expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(
          all.map((shape, i) => ({ name: `t${i}`, shape })),
        );
        let end = 0;
        for (const tensor of tensors) {
          expect(tensor.size).toBe(tensor.shape.reduce((product, length) => product * length, 1));
          expect(tensor.offset % 4).toBe(0);
          expect(tensor.offset - end).toBeGreaterThanOrEqual(0);
          expect(tensor.offset - end).toBeLessThan(4);
          end = tensor.offset + tensor.size;
        }
        expect(size - end).toBeGreaterThanOrEqual(0);
        expect(size - end).toBeLessThan(4);
      }),
      { seed: 1 },
    );
  });

  it("gives views that share the vector's memory", () => {
    const { tensors, size } = createLayout([
      { name: "weights", shape: [2, 3] },
      { name: "bias", shape: [3] },
    ]);
    const vector = new Float32Array(size);
    viewOf(tensors[1], vector).fill(1);
    expect(Array.from(vector)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]);
    expect(() => viewOf(tensors[1], new Float32Array(10))).toThrow("bias: expected a vector of at least 11 floats");
  });
});
