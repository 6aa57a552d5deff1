import { describe, expect, it } from "vitest";
import { InputError } from "../../src/config/input-error.js";
import {
  addDecay,
  chain,
  createOptimizer,
  lookahead,
  type Optimizer,
  optimizers,
  restoreState,
  saveState,
  type Vector,
} from "../../src/optim/index.js";

const makers: readonly [string, () => Optimizer][] = [
  ...Object.keys(optimizers).map((name): [string, () => Optimizer] => [name, () => createOptimizer({ name } as never)]),
  [
    "clipped and scheduled",
    () =>
      createOptimizer({
        ...{ name: "rmsprop", centered: true, momentum: 0.9, clip: { by: "globalNorm", limit: 1 } },
        schedule: { name: "cosine", steps: 5 },
      }),
  ],
  ["a chain", () => chain([addDecay(0.1), createOptimizer({ name: "adam" })])],
  ["lookahead", () => lookahead(createOptimizer({ name: "adam", amsgrad: true }), { every: 3 })],
];

const gradient = (t: number, like: Vector) => like.slice().map((_, i) => Math.sin(3 * t + 7 * i)) as Vector;

describe.each(makers)("the saved state of %s", (_, make) => {
  it.each([Float32Array, Float64Array])(
    "continues with the same bits after an interruption at any step (%o)",
    (Type) => {
      const steps = 12;
      const start = Type.of(1, -2, 3);
      const straight = start.slice();
      const state = make().init(straight);
      const saved: [Vector, Uint8Array][] = [];
      for (let t = 0; t < steps; t++) {
        saved.push([straight.slice(), saveState(state)]);
        make().step(straight, gradient(t, start), state);
      }
      saved.forEach(([parameters, bytes], interrupted) => {
        const optimizer = make();
        const resumed = restoreState(bytes, optimizer.init(parameters));
        for (let t = interrupted; t < steps; t++) optimizer.step(parameters, gradient(t, start), resumed);
        expect(parameters).toEqual(straight);
        expect(saveState(resumed)).toEqual(saveState(state));
      });
    },
  );
});

describe("saved bytes", () => {
  const optimizer = createOptimizer({ name: "rmsprop" });
  const bytes = saveState(optimizer.init(3));

  it("keep NaN, infinities and −0, wherever the bytes lie", () => {
    const state = optimizer.init(3);
    state.updates.set([-0, Number.NaN, Number.NEGATIVE_INFINITY]);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(saveState(state), 3);
    expect(restoreState(moved.subarray(3), optimizer.init(3))).toEqual(state);
  });

  it.each([
    ["of another length", () => restoreState(bytes, optimizer.init(4)), /expected the shape .*4.* found .*3/],
    [
      "of another precision",
      () => restoreState(bytes, optimizer.init(new Float32Array(3))),
      /float32.*found .*float64/,
    ],
    ["of another optimizer", () => restoreState(bytes, createOptimizer({ name: "adam" }).init(3)), /average.*found/],
    ["cut off", () => restoreState(bytes.subarray(0, -1), optimizer.init(3)), /cut off/],
    ["too long", () => restoreState(new Uint8Array([...bytes, 0]), optimizer.init(3)), /too many/],
    ["that are something else", () => restoreState(new Uint8Array(30), optimizer.init(3)), /expected saved bytes/],
  ])("%s are refused", (_, restore, message) => {
    expect(restore).toThrow(InputError);
    expect(restore).toThrow(message);
  });
});
