import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { make } from "../../envs/index.js";
import { NumpyStream } from "../../envs/numpy/numpy-stream.js";
import { Pcg64 } from "../../envs/numpy/pcg64.js";

const golden = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../golden/gymnasium-classic-control.json"), "utf8"),
) as { trajectories: { env: string; seed: number; initialState: number[]; initialObservation: number[] }[] };

describe("NumPy's generator", () => {
  // numpy.random.default_rng(seed).random(4), NumPy 2.4.6.
  it.each([
    [0, [0.6369616873214543, 0.2697867137638703, 0.04097352393619469, 0.016527635528529094]],
    [42, [0.7739560485559633, 0.4388784397520523, 0.8585979199113825, 0.6973680290593639]],
    [4294967301, [0.7742041803738812, 0.47072268318809307, 0.6958803443421149, 0.8165376458429717]],
    [Number.MAX_SAFE_INTEGER, [0.7862681066761149, 0.6063032385025929, 0.5376094823800641, 0.1563294447865048]],
  ])("seeded with %d draws NumPy's numbers", (seed, expected) => {
    const generator = new Pcg64(seed);
    expect(Array.from({ length: 4 }, () => generator.random())).toEqual(expected);
  });

  it("starts CartPole with seed 42 where Gymnasium starts it", () => {
    const [observation] = make("CartPole-v1").reset({ seed: 42, options: { generator: "numpy" } });
    expect([...observation].map((x) => x.toFixed(8))).toEqual([
      "0.02739560",
      "-0.00611216",
      "0.03585979",
      "0.01973680",
    ]);
  });

  it.each(golden.trajectories)("starts $env with seed $seed in Gymnasium's very state", (recorded) => {
    const env = make(recorded.env);
    const [observation] = env.reset({ seed: recorded.seed, options: { generator: "numpy" } });
    expect([...env.state]).toEqual(recorded.initialState);
    expect([...observation]).toEqual(recorded.initialObservation);
  });

  it("goes on with its stream, and gives way to the project's at the next seed", () => {
    const env = make("CartPole-v1");
    const generator = new Pcg64(42);
    env.reset({ seed: 42, options: { generator: "numpy" } });
    env.reset();
    const draws = Array.from({ length: 8 }, () => -0.05 + 0.1 * generator.random());
    for (let v = 0; v < 4; v++) expect(env.state[v]).toBeCloseTo(draws[4 + v], 15);
    const again = env.reset({ seed: 42 })[0];
    expect(again).toEqual(make("CartPole-v1").reset({ seed: 42 })[0]);
  });

  it("gives uniform draws alone, and refuses the others", () => {
    const stream = new NumpyStream(1);
    const refused = [
      () => stream.integer(),
      () => stream.normal(),
      () => stream.fillNormal(),
      () => stream.categorical(),
      () => stream.permutation(),
    ];
    for (const draw of refused) expect(draw).toThrow("NumPy's generator is offered for uniform draws alone");
    const [filled, drawn] = [new Float64Array(3), new NumpyStream(1)];
    stream.fillUniform(filled);
    expect(Array.from(filled)).toEqual([drawn.uniform(), drawn.uniform(), drawn.uniform()]);
  });

  it("is refused without a seed, by another name, and where Gymnasium has no such environment", () => {
    const reset = (id: string, options: object) => () => make(id).reset(options);
    expect(reset("CartPole-v1", { options: { generator: "numpy" } })).toThrow("expected a seed beside it");
    expect(reset("CartPole-v1", { seed: 1, options: { generator: "numppy" } })).toThrow(
      "expected one of ringdown, numpy",
    );
    expect(reset("GaussianBandit-v0", { seed: 1, options: { generator: "numpy" } })).toThrow("Gymnasium has too");
  });
});
