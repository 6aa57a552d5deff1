import { describe, expect, it } from "vitest";
import { addDecay, chain, clipGradients, copyState, createOptimizer, scaleBy } from "../../../src/optim/index.js";

const gradientAt = (t: number, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sin(3 * t + 7 * i));

describe("a chain", () => {
  const rmsprop = createOptimizer({ name: "rmsprop", lr: 0.01, momentum: 0.9 });

  it("of clipping, decay and an optimizer is the optimizer with these options", () => {
    const clip = { by: "globalNorm", limit: 0.7 } as const;
    const chained = chain([clipGradients(clip), addDecay(0.1), rmsprop]);
    const whole = createOptimizer({
      name: "rmsprop",
      lr: 0.01,
      momentum: 0.9,
      weightDecay: 0.1,
      clip: { ...clip, eps: 0 },
    });
    const [a, b] = [Float64Array.of(1, -2, 3), Float64Array.of(1, -2, 3)];
    const [stateA, stateB] = [chained.init(a), whole.init(b)];
    for (let t = 0; t < 20; t++) {
      chained.step(a, gradientAt(t, 3), stateA);
      whole.step(b, gradientAt(t, 3), stateB);
    }
    expect([...a]).toEqual([...b]);
    expect(chained.name).toBe("clipGradients → addDecay → rmsprop");
  });

  it("scales what comes out, by a number, a schedule or a function", () => {
    const factors = [0.5, { name: "linear", steps: 2, from: 0.5, to: 0.25 }, (step: number) => 0.5 - step / 8] as const;
    const seconds = factors.map((factor) => {
      const optimizer = chain([createOptimizer({ name: "sgd", lr: 1 }), scaleBy(factor as number)]);
      const state = optimizer.init(1);
      expect(optimizer.update(Float64Array.of(2), state, Float64Array.of(0))[0]).toBe(-1);
      return optimizer.update(Float64Array.of(2), state, Float64Array.of(0))[0];
    });
    expect(seconds).toEqual([-1, -0.75, -0.75]);
  });

  it("continues from a copy, starts anew after a reset, passes a change on, and refuses NaN before any link moves", () => {
    const optimizer = chain([
      clipGradients({ by: "value", limit: 0.5 }),
      createOptimizer({ name: "adam", onChange: "reset" }),
    ]);
    const a = Float64Array.of(1, 2);
    const state = optimizer.init(a);
    for (let t = 0; t < 5; t++) optimizer.step(a, gradientAt(t, 2), state);
    const [b, copy] = [a.slice(), copyState(state)];
    for (let t = 5; t < 9; t++) optimizer.step(a, gradientAt(t, 2), state);
    for (let t = 5; t < 9; t++) optimizer.step(b, gradientAt(t, 2), copy);
    expect([...b]).toEqual([...a]);
    expect(() => optimizer.step(b, Float64Array.of(0, Number.NaN), copy)).toThrow(/parameter 1 is NaN at step 10$/);
    expect(copy).toEqual(state);
    optimizer.change(copy);
    expect((copy.links as (typeof copy)[])[1]).toEqual(createOptimizer({ name: "adam" }).init(2));
    expect(copy.step).toBe(9);
    optimizer.reset(copy);
    expect(copy).toEqual(optimizer.init(2));
  });

  it("refuses wrong links by name", () => {
    expect(() => clipGradients({ by: "value", limit: -1 })).toThrow(
      "clipGradients: limit: expected more than 0, found -1",
    );
    expect(() => scaleBy({ name: "linear" } as never)).toThrow("scaleBy: steps: missing; expected an integer");
  });
});
