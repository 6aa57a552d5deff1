import { describe, expect, it } from "vitest";
import { Gaussian } from "../../../agents/policies/gaussian.js";
import type { Policy } from "../../../agents/policies/policy.js";
import { policyLoss } from "../../../agents/policies/policy-loss.js";
import { Softmax } from "../../../agents/policies/softmax.js";
import { SquashedGaussian } from "../../../agents/policies/squashed.js";
import { Box, Discrete } from "../../../envs/spaces/index.js";
import { createEngine } from "../../../src/kernels/create.js";
import { RandomStream } from "../../../src/rng/random-stream.js";

const engine = createEngine("wasm");
const rows = 6;
const box = new Box([-2, 0, -1], [2, 4, 5]);
const discrete = new Discrete(4, 1);
const policies: [string, Policy, Box | Discrete][] = [
  ["softmax", new Softmax(engine, discrete, 20_000), discrete],
  ["Gaussian", new Gaussian(box, 20_000), box],
  ["squashed Gaussian", new SquashedGaussian(box, 20_000), box],
];

/** A batch of outputs, own parameters and draws. */
function batch(policy: Policy, seed: number) {
  const stream = new RandomStream(seed, "data");
  const outputs = engine.allocate(rows * policy.outputs);
  stream.fillNormal(outputs);
  const own = new Float32Array(policy.parameters);
  stream.fillNormal(own, -0.3, 0.4);
  const actions = new Float32Array(rows * policy.width);
  policy.sample(outputs, own, stream, actions);
  const weights = Float64Array.from({ length: rows }, () => stream.normal());
  return { outputs, own, actions, weights, stream };
}

describe.each(policies)("the %s policy", (_name, policy, space) => {
  it("has the gradient of its loss, entropy included, by finite differences", () => {
    const { outputs, own, actions, weights } = batch(policy, 1);
    const entropyCoefficient = 0.3;
    const losses = { policyLoss: 0, entropy: 0 };
    const loss = () => {
      policy.evaluate(outputs, own, actions);
      policyLoss(policy, weights, losses);
      return losses.policyLoss - entropyCoefficient * losses.entropy;
    };
    loss();
    const outputGradient = new Float32Array(outputs.length);
    const ownGradient = new Float32Array(own.length);
    policy.gradient(weights, entropyCoefficient, outputGradient, ownGradient);
    const expectSlopes = (at: Float32Array, slopes: Float32Array) => {
      for (let i = 0; i < at.length; i++) {
        const [kept, h] = [at[i], 2 ** -7];
        at[i] = kept + h;
        const above = loss();
        const up = at[i];
        at[i] = kept - h;
        const slope = (above - loss()) / (up - at[i]);
        at[i] = kept;
        expect(Math.abs(slopes[i] - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
      }
      expect(Math.max(0, ...slopes.map(Math.abs))).toBeGreaterThan(at.length === 0 ? -1 : 0.1);
    };
    expectSlopes(outputs, outputGradient);
    expectSlopes(own, ownGradient);
  });

  it("has as entropy the mean of − log π over its own draws", () => {
    const { outputs, own, stream } = batch(policy, 2);
    const count = 20_000;
    const one = engine.allocate(count * policy.outputs);
    for (let i = 0; i < one.length; i++) one[i] = outputs[i % policy.outputs];
    const actions = new Float32Array(count * policy.width);
    policy.sample(one, own, stream, actions);
    policy.evaluate(one, own, actions);
    const surprises = policy.logProbabilities.subarray(0, count).map((log) => -log);
    const mean = surprises.reduce((sum, x) => sum + x, 0) / count;
    const deviation = Math.sqrt(surprises.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / count);
    expect(deviation).toBeGreaterThan(0.1);
    expect(Math.abs(mean - policy.entropies[0])).toBeLessThan((3 * deviation) / Math.sqrt(count));
  });

  it("gives the environment elements of its action space", () => {
    const { outputs, own, stream } = batch(policy, 3);
    for (const scale of [1, 10]) {
      const actions = new Float32Array(rows * policy.width);
      const executed = new Float32Array(rows * policy.width);
      const large = outputs.map((value) => scale * value);
      outputs.set(large);
      policy.sample(outputs, own, stream, actions);
      policy.execute(actions, executed);
      policy.mode(outputs, own, actions);
      policy.execute(actions, actions);
      for (const chosen of [executed, actions]) {
        for (let row = 0; row < rows; row++) expect(space.fits(chosen, row * policy.width)).toBe(true);
      }
    }
  });

  it("draws the same from the same stream, and its most probable action from none", () => {
    const [one, again] = [batch(policy, 4), batch(policy, 4)];
    expect(again.actions).toEqual(one.actions);
    const mode = new Float32Array(one.actions.length);
    policy.mode(one.outputs, one.own, mode);
    policy.evaluate(one.outputs, one.own, one.actions);
    const drawn = policy.logProbabilities.slice(0, rows);
    policy.evaluate(one.outputs, one.own, mode);
    // Squashing may move the peak of the density in the box away from the middle.
    if (policy instanceof SquashedGaussian) return;
    for (let row = 0; row < rows; row++) {
      expect(policy.logProbabilities[row]).toBeGreaterThanOrEqual(drawn[row]);
    }
  });
});

describe("the Gaussian policy", () => {
  it("has the density of independent normals, unclipped", () => {
    const policy = new Gaussian(new Box([-1, -1], [1, 1]), 1);
    policy.evaluate(Float32Array.of(0.5, -2), Float32Array.of(0, Math.log(2)), Float32Array.of(3, -2));
    const logNormal = (z: number, deviation: number) =>
      -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    expect(policy.logProbabilities[0]).toBeCloseTo(logNormal(2.5, 1) + logNormal(0, 2), 6);
    expect(policy.entropies[0]).toBeCloseTo(Math.log(2) + Math.log(2 * Math.PI * Math.E), 6);
  });
});

describe("the squashed Gaussian policy", () => {
  it("has a density over the box that integrates to one", () => {
    const policy = new SquashedGaussian(new Box([-1], [3]), 1);
    const cells = 4000;
    let mass = 0;
    for (let cell = 0; cell < cells; cell++) {
      const action = -1 + (4 * (cell + 0.5)) / cells;
      policy.evaluate(Float32Array.of(0.3), Float32Array.of(-0.5), Float32Array.of(Math.atanh((action - 1) / 2)));
      mass += (Math.exp(policy.logProbabilities[0]) * 4) / cells;
    }
    expect(mass).toBeCloseTo(1, 4);
  });

  it("keeps a finite probability where tanh is 1 to all digits", () => {
    const policy = new SquashedGaussian(new Box([-1], [1]), 1);
    policy.evaluate(Float32Array.of(30), Float32Array.of(0), Float32Array.of(30));
    // log N(0) − log(1 − tanh² 30), which is log 4 − 60.
    expect(policy.logProbabilities[0]).toBeCloseTo(-0.5 * Math.log(2 * Math.PI) - Math.log(4) + 60, 5);
  });

  it("refuses a box without walls", () => {
    expect(() => new SquashedGaussian(new Box([0], [Number.POSITIVE_INFINITY]), 1)).toThrow(
      "squashed actions: expected a bounded box, found 1 number from [0] to [Infinity]",
    );
  });
});
