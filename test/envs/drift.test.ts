import { describe, expect, it } from "vitest";
import { type DriftInput, make, makeVector } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { Streams } from "../../src/rng/streams.js";

const at: DriftInput = [
  { parameter: "forceMag", schedule: { name: "at", steps: [40, 100] }, update: { name: "cycle", values: [-10, 5] } },
];
const every: DriftInput = [
  { parameter: "length", schedule: { name: "every", period: 30 }, update: { name: "cycle", values: [1, 0.25] } },
];

/** The clock times before whose step a parameter changed, with the new values, for N copies under constant pushing. */
function changes(drift: DriftInput, parameter: string, copies: number, until: number): [number, number][] {
  const vector = makeVector("CartPole-v1", { copies, streams: new Streams(1), drift });
  vector.reset();
  const found: [number, number][] = [];
  let value = vector.parameters.get(parameter);
  while (vector.clock < until) {
    const clock = vector.clock;
    vector.step(new Int32Array(copies));
    if (vector.parameters.get(parameter) !== value) {
      value = vector.parameters.get(parameter);
      found.push([clock, value]);
    }
  }
  expect(vector.changes).toBe(found.length);
  return found;
}

describe("drift", () => {
  it.each([1, 2, 4, 10])("jumps at the listed times of the lifetime clock with %d copies", (copies) => {
    expect(changes(at, "forceMag", copies, 200)).toEqual([
      [40, -10],
      [100, 5],
    ]);
  });

  it("jumps at the first step that begins at or after the time, where the copies do not divide it", () => {
    expect(changes(at, "forceMag", 7, 200)).toEqual([
      [42, -10],
      [105, 5],
    ]);
  });

  it("cycles through its values at the multiples of a period", () => {
    expect(changes(every, "length", 1, 125)).toEqual([
      [30, 1],
      [60, 0.25],
      [90, 1],
      [120, 0.25],
    ]);
  });

  it.each([
    { name: "randomWalk", deviation: 0.3, drift: 0.01 },
    { name: "ornsteinUhlenbeck", mean: 9, rate: 0.1, deviation: 0.4 },
  ] as const)("of $name at every step is the same whether done at once or one by one", (update) => {
    const walk: DriftInput[number] = { parameter: "gravity", schedule: { name: "always" }, update, bounds: [9, 10.5] };
    const never: DriftInput[number] = {
      parameter: "length",
      schedule: { name: "at", steps: [1e9] },
      update: { name: "cycle", values: [1] },
    };
    const [alone, beside] = [[walk], [walk, never]].map((drift) =>
      makeVector("CartPole-v1", { copies: 64, streams: new Streams(1), drift }),
    );
    alone.reset();
    beside.reset();
    const seen = new Set<number>();
    for (let step = 0; step < 100; step++) {
      alone.step(new Int32Array(64));
      beside.step(new Int32Array(64));
      expect(alone.parameters.get("gravity")).toBe(beside.parameters.get("gravity"));
      expect(alone.changes).toBe(beside.changes);
      seen.add(alone.parameters.get("gravity"));
    }
    expect(seen.size).toBeGreaterThan(50);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(9);
  });

  it("does all changes that fall into one step of many copies, in order", () => {
    const vector = makeVector("CartPole-v1", { copies: 64, streams: new Streams(1), drift: every });
    vector.reset();
    vector.step(new Int32Array(64));
    vector.step(new Int32Array(64));
    expect([vector.changes, vector.parameters.get("length")]).toEqual([2, 0.25]);
  });

  it("counts on through resets, seeded or not, and shows the truth in info", () => {
    const resetting = make("CartPole-v1", { drift: at });
    const seen: number[] = [];
    for (let t = 0; t < 120; t++) {
      if (t % 3 === 0) {
        const [, info] = resetting.reset(t % 2 === 0 ? { seed: t } : {});
        expect(info.clock).toBe(t);
      }
      const info = resetting.step(0)[4];
      expect(info.clock).toBe(t + 1);
      expect(info.parameters.forceMag).toBe(resetting.parameters.get("forceMag"));
      expect(info.changes).toBe(t < 40 ? 0 : t < 100 ? 1 : 2);
      seen.push(info.parameters.forceMag);
    }
    expect(seen).toEqual([...Array(40).fill(10), ...Array(60).fill(-10), ...Array(20).fill(5)]);
  });

  it("changes the dynamics as making the environment with the new value does", () => {
    const drift: DriftInput = [
      { parameter: "massPole", schedule: { name: "at", steps: [1] }, update: { name: "cycle", values: [0.6] } },
    ];
    const state = [0.02, 0.1, -0.05, 0.3];
    const drifting = make("CartPole-v1", { drift });
    const made = make("CartPole-v1", { parameters: { massPole: 0.6 } });
    const plain = make("CartPole-v1");
    for (const env of [drifting, made, plain]) env.reset({ options: { state } });
    expect([...drifting.step(0)[0]]).toEqual([...plain.step(0)[0]]);
    drifting.reset({ options: { state } });
    const jumped = [...drifting.step(0)[0]];
    expect(jumped).toEqual([...made.step(0)[0]]);
    plain.reset({ options: { state } });
    expect(jumped).not.toEqual([...plain.step(0)[0]]);
  });

  it("drifts several parameters, each by its own schedule", () => {
    const vector = makeVector("CartPole-v1", { copies: 10, streams: new Streams(1), drift: [...at, ...every] });
    vector.reset();
    for (let t = 0; t < 11; t++) vector.step(new Int32Array(10));
    expect(vector.changes).toBe(2 + 3);
    expect(vector.parameters.snapshot()).toMatchObject({ forceMag: 5, length: 1, massPole: 0.1 });
  });

  it("refuses what cannot drift", () => {
    const wrong = (change: object) => () => make("CartPole-v1", { drift: [{ ...at[0], ...change } as DriftInput[0]] });
    expect(wrong({ parameter: "force_mag" })).toThrow(InputError);
    expect(wrong({ parameter: "force_mag" })).toThrow(
      'drift: 0.parameter: unknown parameter "force_mag"; did you mean "forceMag"? valid: gravity',
    );
    expect(wrong({ schedule: { name: "evry", period: 3 } })).toThrow('unknown name "evry"; did you mean "every"?');
    expect(wrong({ schedule: { name: "at", steps: [5, 5] } })).toThrow("expected ascending steps");
    expect(wrong({ schedule: { name: "every", period: 0 } })).toThrow(InputError);
    expect(wrong({ update: { name: "cycle", values: [] } })).toThrow(InputError);
    expect(wrong({ parameter: "length", update: { name: "cycle", values: [0.5, -1] } })).toThrow(
      "drift: 0.update: length: expected a positive number, found -1",
    );
    expect(wrong({ at: 5 })).toThrow('unknown key "at"');
  });
});

describe("a drift at every step under many copies", () => {
  const updates: DriftInput[number]["update"][] = [
    { name: "sine", amplitude: 0.1, period: 40 },
    { name: "decay", to: 0.2, rate: 0.01 },
    { name: "linear", to: 2, over: 100 },
    { name: "trend", coefficients: [0.001] },
    { name: "randomWalk", deviation: 0.001 },
  ];
  it.each(updates)("leaves the value that one copy has at the same clock: $name", (update) => {
    const drift: DriftInput = [{ parameter: "length", schedule: { name: "always" }, update }];
    const [one, many] = [1, 8].map((copies) => makeVector("CartPole-v1", { copies, streams: new Streams(3), drift }));
    one.reset();
    many.reset();
    const step = (env: typeof one) => env.step(new Int32Array(env.copies));
    for (let k = 0; k < 20; k++) {
      // The value at a clock is set before the step that begins there.
      while (one.clock <= many.clock) step(one);
      step(many);
      expect(many.parameters.get("length")).toBe(one.parameters.get("length"));
      expect(many.changes).toBe(one.changes);
    }
  });
});
