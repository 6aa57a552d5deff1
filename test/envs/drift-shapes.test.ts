import { describe, expect, it } from "vitest";
import { type DriftInput, make, makeVector } from "../../envs/index.js";
import { Streams } from "../../src/rng/streams.js";

type Schedule = DriftInput[number]["schedule"];
type Update = DriftInput[number]["update"];

const ticking: Update = { name: "increment", by: 1 };

/** The clock times before whose step CartPole's gravity changed, for one copy over `steps` steps of `seed`. */
function times(schedule: Schedule, steps: number, seed = 1, clock: "lifetime" | "episode" = "lifetime"): number[] {
  const env = make("CartPole-v1", { drift: [{ parameter: "gravity", schedule, update: ticking, clock }] });
  env.reset({ seed });
  const found: number[] = [];
  let changes = 0;
  for (let t = 0; t < steps; t++) {
    const [, , terminated, truncated, info] = env.step(t % 2);
    if (info.changes > changes) found.push(t);
    changes = info.changes;
    if (terminated || truncated) env.reset();
  }
  return found;
}

/** Gravity before each of `steps` changes, one per step, from 9.8 on. */
function values(update: Update, steps: number, seed = 1, bounds?: [number | null, number | null]): number[] {
  const drift: DriftInput = [{ parameter: "gravity", schedule: { name: "always" }, update, bounds }];
  const env = make("CartPole-v1", { drift });
  env.reset({ seed });
  env.step(0);
  return Array.from({ length: steps }, () => {
    env.reset();
    return env.step(0)[4].parameters.gravity;
  });
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const mean = (xs: number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const gaps = (xs: number[]) => xs.slice(1).map((x, i) => x - xs[i]);

describe("schedules", () => {
  it("change at every step when continuous, in bursts, in windows, and when a function says", () => {
    expect(times({ name: "always" }, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(times({ name: "burst", on: 2, off: 3 }, 15)).toEqual([4, 5, 9, 10, 14]);
    expect(
      times(
        {
          name: "windows",
          windows: [
            [3, 4],
            [8, 10],
          ],
        },
        20,
      ),
    ).toEqual([3, 4, 8, 9, 10]);
    expect(times({ name: "custom", next: (after) => 2 * after + 1 }, 40)).toEqual([1, 3, 7, 15, 31]);
  });

  it.each([
    { name: "bernoulli", probability: 0.05 },
    { name: "geometric", mean: 20 },
  ] as Schedule[])("wait geometrically long with $name", (schedule) => {
    const waits = gaps(times(schedule, 40_000));
    // Mean 20, deviation √(1 − p)/p = 19.5; the share of waits of one step is p.
    expect(Math.abs(mean(waits) - 20)).toBeLessThan((4 * 19.5) / Math.sqrt(waits.length));
    const ones = waits.filter((wait) => wait === 1).length / waits.length;
    expect(Math.abs(ones - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / waits.length));
  });

  it("grow rarer with a decaying probability: Σ p exp(−rate t) changes are expected, and an end", () => {
    const counts = range(40).map((seed) => times({ name: "decaying", probability: 0.5, rate: 0.01 }, 3000, seed));
    const expected = range(2999).reduce((sum, t) => sum + 0.5 * Math.exp(-0.01 * t), 0);
    expect(Math.abs(mean(counts.map((found) => found.length)) - expected)).toBeLessThan(4 * Math.sqrt(expected / 40));
    const early = mean(counts.map((found) => found.filter((t) => t < 70).length));
    expect(early / expected).toBeCloseTo(1 - Math.exp(-0.7), 1);
  });

  it("refuse a function that goes back in time", () => {
    expect(() => times({ name: "custom", next: (after) => after }, 3)).toThrow(RangeError);
  });
});

describe("updates follow their closed form at every step", () => {
  const start = 9.8;
  const forms: [Update, (n: number) => number][] = [
    [{ name: "trend", coefficients: [0.25] }, (n) => start + 0.25 * n],
    [{ name: "trend", coefficients: [0.5, -0.01] }, (n) => start + 0.5 * n - 0.01 * n * n],
    [{ name: "linear", to: 5, over: 20 }, (n) => start + (5 - start) * Math.min(n / 20, 1)],
    [{ name: "sigmoid", to: 5, middle: 15, width: 2 }, (n) => start + (5 - start) / (1 + Math.exp(-(n - 15) / 2))],
    [{ name: "sine", amplitude: 2, period: 12, phase: 0.3 }, (n) => start + 2 * Math.sin((2 * Math.PI * n) / 12 + 0.3)],
    [{ name: "decay", rate: 0.1 }, (n) => start * Math.exp(-0.1 * n)],
    [{ name: "decay", rate: 0.1, to: 4 }, (n) => 4 + (start - 4) * Math.exp(-0.1 * n)],
    [{ name: "geometric", factor: 0.9 }, (n) => start * 0.9 ** n],
    [{ name: "geometric", factor: -1 }, (n) => (n % 2 === 0 ? start : -start)],
    [{ name: "increment", by: -0.1 }, (n) => start - 0.1 * n],
    [{ name: "list", values: [1, 2, 3] }, (n) => Math.min(n, 3)],
    [{ name: "cycle", values: [1, 2, 3] }, (n) => ((n - 1) % 3) + 1],
    [
      { name: "custom", value: (present, { count }) => (count === 1 ? present : present - (count - 1)) + count },
      (n) => start + n,
    ],
  ];

  it.each(forms)("%j", (update, form) => {
    const found = values(update, 40);
    for (const n of range(40)) expect(Math.abs(found[n - 1] - form(n))).toBeLessThan(1e-12 * 40);
  });

  it("decays to 0.368 after one time constant, not to nothing", () => {
    expect(values({ name: "decay", rate: 0.01 }, 100)[99] / start).toBeCloseTo(Math.exp(-1), 12);
  });
});

describe("random updates", () => {
  it("walk with the mean and the deviation asked for, and within bounds", () => {
    const walk = values({ name: "randomWalk", deviation: 0.5, drift: 0.1 }, 4000);
    const moves = gaps(walk);
    expect(Math.abs(mean(moves) - 0.1)).toBeLessThan((4 * 0.5) / Math.sqrt(moves.length));
    expect(Math.sqrt(mean(moves.map((x) => (x - 0.1) * (x - 0.1))))).toBeCloseTo(0.5, 1);
    const bounded = values({ name: "randomWalk", deviation: 0.5 }, 4000, 1, [9, 10]);
    expect([Math.min(...bounded), Math.max(...bounded)]).toEqual([9, 10]);
  });

  it("return to the mean with Ornstein and Uhlenbeck's law", () => {
    const path = values({ name: "ornsteinUhlenbeck", mean: 3, rate: 0.5, deviation: 0.7 }, 20_000).slice(50);
    const centred = path.map((x) => x - 3);
    const variance = mean(centred.map((x) => x * x));
    expect(Math.abs(mean(centred))).toBeLessThan(0.05);
    expect(Math.sqrt(variance)).toBeCloseTo(0.7, 1);
    const lagged = mean(centred.slice(1).map((x, i) => x * centred[i]));
    expect(Math.abs(lagged / variance - Math.exp(-0.5))).toBeLessThan(0.03);
  });
});

describe("what other suites got wrong", () => {
  const random: Schedule = { name: "geometric", mean: 30 };

  it("the seed determines the schedule", () => {
    expect(times(random, 1000, 5)).toEqual(times(random, 1000, 5));
    expect(times(random, 1000, 5)).not.toEqual(times(random, 1000, 6));
  });

  it("the times differ from episode to episode, on the episode clock too", () => {
    const env = make("CartPole-v1", {
      drift: [{ parameter: "gravity", schedule: { name: "geometric", mean: 4 }, update: ticking, clock: "episode" }],
    });
    env.reset({ seed: 1 });
    const firsts = range(30).map(() => {
      env.reset();
      expect(env.parameters.get("gravity")).toBe(9.8);
      for (let t = 0; t < 8; t++) if (env.step(t % 2)[4].parameters.gravity !== 9.8) return t;
      return 8;
    });
    expect(new Set(firsts).size).toBeGreaterThan(3);
  });

  it("a lasting change without memory fires again and again, not in the first episode alone", () => {
    const found = times(random, 6000);
    for (let from = 0; from < 6000; from += 1000) {
      expect(found.some((t) => t >= from && t < from + 1000)).toBe(true);
    }
  });

  it("the clock counts on through episodes", () => {
    expect(times({ name: "at", steps: [700] }, 1000)).toEqual([700]);
  });

  it("an episode clock starts anew with each episode, and takes its changes back", () => {
    const env = make("CartPole-v1", {
      drift: [{ parameter: "gravity", schedule: { name: "every", period: 3 }, update: ticking, clock: "episode" }],
    });
    for (let episode = 0; episode < 3; episode++) {
      const [, { parameters }] = env.reset({ options: { state: [0, 0, 0, 0] } });
      expect(parameters.gravity).toBe(9.8);
      const seen = range(7).map((t) => env.step(t % 2)[4].parameters.gravity);
      expect(seen).toEqual([9.8, 9.8, 9.8, 10.8, 10.8, 10.8, 11.8]);
    }
    expect(() =>
      makeVector("CartPole-v1", {
        copies: 2,
        streams: new Streams(1),
        drift: [{ parameter: "gravity", schedule: random, update: ticking, clock: "episode" }],
      }),
    ).toThrow('expected "lifetime" for 2 copies');
  });

  it("an entry added at the end moves no other's times", () => {
    const changes = (drift: DriftInput) => {
      const env = make("CartPole-v1", { drift });
      env.reset({ seed: 2 });
      return range(300).map(() => {
        env.reset();
        return env.step(0)[4].parameters.gravity;
      });
    };
    const one: DriftInput = [{ parameter: "gravity", schedule: random, update: { name: "randomWalk", deviation: 1 } }];
    const more: DriftInput = [
      ...one,
      { parameter: "length", schedule: random, update: { name: "cycle", values: [1, 0.5] } },
    ];
    expect(changes(more)).toEqual(changes(one));
  });

  it("a vector and a single environment see the same changes", () => {
    const drift: DriftInput = [
      { parameter: "gravity", schedule: random, update: { name: "randomWalk", deviation: 1 } },
      { parameter: "rewardNoise", schedule: { name: "at", steps: [5] }, update: { name: "list", values: [0.5] } },
    ];
    const vector = makeVector("CartPole-v1", { copies: 1, streams: new Streams(3), drift });
    const single = make("CartPole-v1", { drift });
    vector.reset();
    single.reset({ seed: 3 });
    for (let t = 0; t < 400; t++) {
      vector.step([t % 2]);
      const [, reward, terminated, truncated, { parameters }] = single.step(t % 2);
      expect([vector.rewards[0], vector.parameters.snapshot()]).toEqual([reward, parameters]);
      if (terminated || truncated) single.reset();
    }
    expect(vector.changes).toBeGreaterThan(5);
  });

  it("also on the episode clock, which a vector of one copy has", () => {
    const drift: DriftInput = [
      { parameter: "gravity", schedule: { name: "geometric", mean: 5 }, update: ticking, clock: "episode" },
    ];
    const vector = makeVector("CartPole-v1", { copies: 1, streams: new Streams(3), drift });
    const single = make("CartPole-v1", { drift });
    vector.reset();
    single.reset({ seed: 3 });
    for (let t = 0; t < 200; t++) {
      vector.step([t % 2]);
      const [, , terminated, truncated] = single.step(t % 2);
      if (terminated || truncated) single.reset();
      expect([vector.parameters.get("gravity"), vector.changes]).toEqual([
        single.parameters.get("gravity"),
        single.save().drift.changes,
      ]);
    }
    expect(vector.changes).toBeGreaterThan(20);
  });
});

describe("notification", () => {
  const drift: DriftInput = [
    { parameter: "gravity", schedule: { name: "at", steps: [2] }, update: { name: "list", values: [12] } },
  ];
  const notices = (notification: "none" | "flag" | "size" | "truth") => {
    const env = make("CartPole-v1", { drift, notification });
    const [, first] = env.reset({ seed: 1 });
    const infos = [first, ...range(3).map(() => env.step(0)[4])];
    expect(infos.map(({ parameters }) => parameters.gravity)).toEqual([9.8, 9.8, 9.8, 12]);
    return infos.map(({ notice }) => notice);
  };

  it("tells nothing, that, how much, or all, while info holds the truth", () => {
    const quiet = { changed: false };
    expect(notices("none")).toEqual([null, null, null, null]);
    expect(notices("flag")).toEqual([quiet, quiet, quiet, { changed: true }]);
    const sizes = notices("size");
    expect(sizes.slice(0, 3)).toEqual(Array(3).fill({ changed: false, sizes: {} }));
    expect(sizes[3]?.sizes?.gravity).toBeCloseTo(2.2, 12);
    expect(notices("truth")[3]?.parameters).toMatchObject({ gravity: 12, length: 0.5 });
    expect(() => notices("all" as "truth")).toThrow("expected one of none, flag, size, truth");
  });
});
