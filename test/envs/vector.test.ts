import { describe, expect, it } from "vitest";
import { make, makeVector, type SingleEnv } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

const row = (matrix: Float32Array, i: number) => [...matrix.subarray(4 * i, 4 * i + 4)];

function randomActions(stream: RandomStream, copies: number): Int32Array {
  return Int32Array.from({ length: copies }, () => stream.integer(2));
}

describe("a vector of environments", () => {
  it("plays what a single environment plays, through resets", () => {
    const vector = makeVector("CartPole-v1", { copies: 1, streams: new Streams(4) });
    const single: SingleEnv = make("CartPole-v1");
    const policy = new RandomStream(1, "policy");
    let [observation] = single.reset({ seed: 4 });
    expect(row(vector.reset(), 0)).toEqual([...observation]);
    let length = 0;
    let ended = 0;
    for (let t = 0; t < 600; t++) {
      const actions = randomActions(policy, 1);
      vector.step(actions);
      const [next, reward, terminated, truncated] = single.step(actions[0]);
      length++;
      expect([vector.rewards[0], vector.terminated[0], vector.truncated[0]]).toEqual([
        reward,
        Number(terminated),
        Number(truncated),
      ]);
      observation = next;
      if (terminated || truncated) {
        expect(row(vector.finalObservations, 0)).toEqual([...next]);
        expect([vector.episodeReturns[0], vector.episodeLengths[0]]).toEqual([length, length]);
        [observation] = single.reset();
        length = 0;
        ended++;
      }
      expect(row(vector.observations, 0)).toEqual([...observation]);
    }
    expect(ended).toBeGreaterThan(10);
    expect(vector.clock).toBe(600);
  });

  it("gives each copy a stream of its own, whatever the number of copies", () => {
    const [few, many] = [2, 5].map((copies) => makeVector("CartPole-v1", { copies, streams: new Streams(9) }));
    few.reset();
    many.reset();
    for (let t = 0; t < 200; t++) {
      const action = (t >> 1) & 1;
      few.step([action, action]);
      many.step([action, action, 1 - action, action, 0]);
      expect([row(many.observations, 0), row(many.observations, 1)]).toEqual([
        row(few.observations, 0),
        row(few.observations, 1),
      ]);
    }
    expect(row(many.observations, 0)).not.toEqual(row(many.observations, 1));
  });

  it("keeps the last observation of a truncated episode", () => {
    const parameters = { forceMag: 0, gravity: 0 };
    const vector = makeVector("CartPole-v1", { copies: 2, streams: new Streams(1), parameters });
    const single = make("CartPole-v1", { parameters });
    // Nothing pushes and nothing falls: where a start is slow enough the episode lasts to its time limit.
    vector.reset();
    single.reset({ seed: 1 });
    let last: Float32Array | undefined;
    let seen = 0;
    for (let t = 0; t < 3000 && seen < 3; t++) {
      vector.step([0, 0]);
      const [observation, , terminated, truncated] = single.step(0);
      last = observation;
      expect([vector.terminated[0], vector.truncated[0]]).toEqual([Number(terminated), Number(truncated)]);
      if (truncated || terminated) {
        if (truncated && !terminated) {
          seen++;
          expect(vector.episodeLengths[0]).toBe(500);
          expect(row(vector.finalObservations, 0)).toEqual([...last]);
          expect(row(vector.observations, 0)).not.toEqual([...last]);
        }
        single.reset();
      }
    }
    expect(seen).toBeGreaterThan(0);
  });

  it("writes observations straight into the caller's rows", () => {
    const rollout = new Float32Array(3 * 8);
    const vector = makeVector("CartPole-v1", { copies: 2, streams: new Streams(2) });
    const reference = makeVector("CartPole-v1", { copies: 2, streams: new Streams(2) });
    vector.reset(rollout.subarray(0, 8));
    expect([...rollout.subarray(0, 8)]).toEqual([...reference.reset()]);
    for (let t = 1; t < 3; t++) {
      vector.step([0, 1], rollout.subarray(8 * t, 8 * t + 8));
      expect([...rollout.subarray(8 * t, 8 * t + 8)]).toEqual([...reference.step([0, 1])]);
    }
  });

  it("refuses a wrong call and changes nothing", () => {
    const vector = makeVector("CartPole-v1", { copies: 2, streams: new Streams(3) });
    expect(() => vector.step([0, 0])).toThrow("step before the first reset");
    const before = [...vector.reset()];
    expect(() => vector.step([0])).toThrow("actions: expected 2, one per copy, found 1");
    expect(() => vector.step([0, 2])).toThrow("actions.1: expected an integer from 0 to 1, found 2");
    expect(() => vector.step([0, 0], new Float32Array(4))).toThrow(InputError);
    expect([...vector.observations]).toEqual(before);
    expect(vector.clock).toBe(0);
    const untouched = makeVector("CartPole-v1", { copies: 2, streams: new Streams(3) });
    untouched.reset();
    expect([...vector.step([0, 1])]).toEqual([...untouched.step([0, 1])]);
  });
});
