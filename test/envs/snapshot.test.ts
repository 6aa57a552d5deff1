import { describe, expect, it } from "vitest";
import { type DriftInput, make, names, type SingleEnv, type Snapshot } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const drift: DriftInput = [
  { parameter: "rewardScale", schedule: { name: "geometric", mean: 7 }, update: { name: "randomWalk", deviation: 1 } },
  { parameter: "rewardNoise", schedule: { name: "at", steps: [3] }, update: { name: "list", values: [0.3] } },
];
type AnyEnv = SingleEnv<unknown, unknown>;

function play(env: AnyEnv, steps: number, seed = 1): unknown[] {
  const policy = new RandomStream(seed, "policy");
  const seen: unknown[] = [];
  for (let t = 0; t < steps; t++) {
    const step = env.step(env.actionSpace.sample(policy));
    seen.push(step);
    if (step[2] || step[3]) seen.push(env.reset());
  }
  return seen;
}

describe.each(names())("a snapshot of %s", (id) => {
  const started = () => {
    const env = make<unknown, unknown>(id, { drift });
    env.reset({ seed: 3 });
    play(env, 25);
    return env;
  };

  it("goes on with the same bits, also from a file and in another environment", () => {
    const env = started();
    const file = JSON.stringify(env.save());
    const expected = play(env, 60, 2);
    env.restore(JSON.parse(file) as Snapshot);
    expect(play(env, 60, 2)).toEqual(expected);
    const other = make<unknown, unknown>(id, { drift });
    other.restore(JSON.parse(file) as Snapshot);
    expect(play(other, 60, 2)).toEqual(expected);
  });

  it("is copied for planning, which moves neither the original nor, when frozen, the clock and the drift", () => {
    const env = started();
    const untouched = started();
    const copy = env.copy();
    copy.freeze();
    const { parameters, clock } = copy.save();
    play(copy, 50, 5);
    expect(copy.save()).toMatchObject({ parameters, clock });
    expect(play(env, 40, 2)).toEqual(play(untouched, 40, 2));
    copy.unfreeze();
    play(copy, 40, 2);
    expect(copy.save().clock).toBe(clock + 40);
    expect(copy.save().parameters).not.toEqual(parameters);
  });
});

describe("a snapshot", () => {
  it("keeps NumPy's generator and the order of calls", () => {
    const env = make("CartPole-v1");
    env.reset({ seed: 42, options: { generator: "numpy" } });
    const saved = env.save();
    env.reset();
    const expected = [...env.state];
    env.restore(JSON.parse(JSON.stringify(saved)) as Snapshot);
    env.reset();
    expect([...env.state]).toEqual(expected);
    const fresh = make("CartPole-v1");
    env.restore(fresh.save());
    expect(() => env.step(0)).toThrow("before the first reset");
    expect([...env.reset()[0]]).toEqual([...make("CartPole-v1").reset()[0]]);
  });

  it("of another environment or drift is refused", () => {
    const env = make("CartPole-v1");
    expect(() => env.restore(make("Acrobot-v1").save())).toThrow(InputError);
    expect(() => env.restore(make("CartPole-v1", { drift }).save())).toThrow("expected a snapshot with 0 drifting");
  });
});
