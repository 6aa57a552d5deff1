import { describe, expect, it } from "vitest";
import { ganNetworkSchema } from "../../gan/config.js";
import { createTarget, planeGan, planeGanOptions, play } from "../../gan/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { createOptimizer, type OptimizerInput } from "../../src/optim/index.js";
import { Streams } from "../../src/rng/streams.js";

const options = planeGanOptions({ name: "ring" });
const settings = { network: ganNetworkSchema.parse({ hidden: [16, 16], activation: "tanh" }), batch: 32 };
const steps = 200;

/** Both players' parameters at the start and at the end of a game. */
function course(engine: string, optimizer: OptimizerInput) {
  const gan = planeGan(options, createTarget(options), createEngine(engine), new Streams(3), settings);
  const parameters = () => gan.players.map((player) => Float64Array.from(player.parameters));
  const start = parameters();
  const rule = createOptimizer(optimizer, gan.engine);
  const round = play(gan, "alternating", [rule, rule]);
  for (let step = 0; step < steps; step++) round.step();
  return { start, end: parameters() };
}

const distance = (a: Float64Array, b: Float64Array) =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);

describe("200 steps of a ring GAN on WebAssembly and on TensorFlow.js", () => {
  // As far apart as if every step had rounded a parameter of size 1 to 2 once more, always the same way: 200 · 2⁻²³ or
  // 2.4e-5. Measured: 1e-6, for the roundings go both ways. Tanh has no kinks; with ReLU a unit that switches for one
  // sample on one engine only can, by RMSprop's first step on a gradient that had been zero, move its weights by
  // η/√(1 − ρ) or 0.01.
  const bound = steps * 2 ** -23;

  it.each([
    { name: "sgd", lr: 0.05 },
    { name: "rmsprop", lr: 0.001 },
    { name: "adam", lr: 0.001, beta1: 0.5 },
  ] as const)("end closer than 200 roundings of a parameter: $name", (optimizer) => {
    const [wasm, tfjs] = [course("wasm", optimizer), course("tfjs-cpu", optimizer)];
    wasm.end.forEach((end, player) => {
      expect(tfjs.start[player]).toEqual(wasm.start[player]);
      expect(distance(end, wasm.start[player])).toBeGreaterThan(1000 * bound);
      expect(distance(end, tfjs.end[player])).toBeLessThan(bound);
      // Equal bits would mean that one engine stood in for both.
      expect(distance(end, tfjs.end[player])).toBeGreaterThan(0);
    });
  });
});
