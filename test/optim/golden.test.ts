import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createOptimizer, type OptimizerInput } from "../../src/optim/index.js";

interface GoldenCase {
  readonly fl: string;
  readonly name: string;
  readonly kw: Record<string, unknown>;
  readonly tr: readonly (readonly number[])[];
}

const golden = JSON.parse(readFileSync(new URL("../golden/optimizers.json", import.meta.url), "utf8")) as {
  readonly G: readonly (readonly number[])[];
  readonly P: readonly number[];
  readonly cases: readonly GoldenCase[];
};

/** torch's argument names in ours. */
function options({ name, kw }: GoldenCase): OptimizerInput {
  const { betas, alpha, weight_decay: weightDecay, ...same } = kw;
  const [beta1, beta2] = (betas as [number, number] | undefined) ?? [];
  const given = Object.entries({ ...same, beta1, beta2, rho: alpha, weightDecay }).filter(([, v]) => v !== undefined);
  const ours = name === "sgd" && "momentum" in kw ? "momentum" : name;
  return { name: ours, flavour: "torch", ...Object.fromEntries(given) } as OptimizerInput;
}

const cases = golden.cases.filter(({ fl, name }) => fl === "torch" && ["sgd", "rmsprop", "adam"].includes(name));

describe("optimizers against PyTorch's trajectories", () => {
  it("has all thirteen cases", () => {
    expect(cases).toHaveLength(13);
  });

  it.each(cases.map((c) => [`${c.name} ${JSON.stringify(c.kw)}`, c] as const))("agrees to 1e-12: %s", (_, c) => {
    const optimizer = createOptimizer(options(c));
    const parameters = Float64Array.from(golden.P);
    const state = optimizer.init(parameters.length);
    golden.G.forEach((gradient, t) => {
      optimizer.step(parameters, Float64Array.from(gradient), state);
      c.tr[t].forEach((expected, i) => {
        expect(Math.abs(parameters[i] - expected)).toBeLessThanOrEqual(1e-12);
      });
    });
    expect(state.step).toBe(golden.G.length);
  });
});
