import { describe, expect, it } from "vitest";
import { driftPhases, makeVector } from "../../envs/index.js";
import { envSchema } from "../../envs/options.js";
import { Streams } from "../../src/rng/streams.js";

/** The parameters at every step of a run that plays, with the clock at which each set of them began. */
function lived(options: ReturnType<typeof envSchema.parse>, seed: number, steps: number) {
  const env = makeVector(options.id, { ...options, streams: new Streams(seed) });
  env.reset();
  const actions = new Int32Array(options.copies);
  const seen = [{ phase: 0, step: 0, parameters: env.parameters.snapshot() }];
  while (env.clock < steps) {
    const [clock, changes] = [env.clock, env.changes];
    env.step(actions);
    if (env.changes > changes) seen.push({ phase: seen.length, step: clock, parameters: env.parameters.snapshot() });
  }
  return seen;
}

describe("the phases of a drift", () => {
  it("are those that a run of the seed lives through, drawn ones too, several changes at once as one", () => {
    const options = envSchema.parse({
      copies: 3,
      parameters: { gravity: 9 },
      drift: [
        {
          parameter: "length",
          schedule: { name: "geometric", mean: 200 },
          update: { name: "randomWalk", deviation: 0.1 },
          bounds: [0.1, 2],
        },
        {
          parameter: "forceMag",
          schedule: { name: "at", steps: [300, 600] },
          update: { name: "cycle", values: [-10, 10] },
        },
        { parameter: "rewardScale", schedule: { name: "at", steps: [300] }, update: { name: "list", values: [2] } },
      ],
    });
    const phases = [...driftPhases(options, 5, 1500)];
    expect(phases.length).toBeGreaterThan(6);
    expect(phases).toEqual(lived(options, 5, 1500));
    expect([...driftPhases(options, 6, 1500)]).not.toEqual(phases);
    expect(phases.find(({ step }) => step === 300)?.parameters).toMatchObject({
      forceMag: -10,
      rewardScale: 2,
      gravity: 9,
    });
  });

  it("know nothing of what drifts within an episode", () => {
    const options = envSchema.parse({
      copies: 1,
      drift: [
        {
          parameter: "gravity",
          schedule: { name: "always" },
          update: { name: "increment", by: 0.01 },
          clock: "episode",
        },
        { parameter: "forceMag", schedule: { name: "at", steps: [40] }, update: { name: "list", values: [5] } },
      ],
    });
    const phases = [...driftPhases(options, 1, 100)];
    expect(phases.map(({ step, parameters: { gravity, forceMag } }) => [step, gravity, forceMag])).toEqual([
      [0, 9.8, 10],
      [40, 9.8, 5],
    ]);
  });
});
