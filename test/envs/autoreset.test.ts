import { describe, expect, it } from "vitest";
import { type Autoreset, make, makeVector } from "../../envs/index.js";
import { Streams } from "../../src/rng/streams.js";

const vectorOf = (id: string, autoreset: Autoreset, copies = 3) =>
  makeVector(id, { copies, streams: new Streams(5), autoreset, parameters: { rewardNoise: 0.1 } });

describe.each(["CartPole-v1", "FrozenLake-v1"])("autoreset of %s", (id) => {
  const size = make(id).observationSpace.size;
  const row = (rows: Float32Array, i: number) => [...rows.subarray(size * i, size * i + size)];

  it("in the next step shows the same episodes as in the same step, with one row in between", () => {
    const same = vectorOf(id, "sameStep", 1);
    const next = vectorOf(id, "nextStep", 1);
    expect(row(next.reset(), 0)).toEqual(row(same.reset(), 0));
    let ended = 0;
    for (let t = 0; t < 300; t++) {
      const action = [t % 2];
      same.step(action);
      next.step(action);
      expect([next.rewards[0], next.terminated[0], next.truncated[0]]).toEqual([
        same.rewards[0],
        same.terminated[0],
        same.truncated[0],
      ]);
      if (same.terminated[0] | same.truncated[0]) {
        ended++;
        expect(row(next.observations, 0)).toEqual(row(same.finalObservations, 0));
        expect(row(next.finalObservations, 0)).toEqual(row(same.finalObservations, 0));
        expect([next.episodeReturns[0], next.episodeLengths[0]]).toEqual([
          same.episodeReturns[0],
          same.episodeLengths[0],
        ]);
        next.step([1]);
        expect([next.rewards[0], next.terminated[0], next.truncated[0]]).toEqual([0, 0, 0]);
      }
      expect(row(next.observations, 0)).toEqual(row(same.observations, 0));
      expect(next.clock).toBe(same.clock);
    }
    expect(ended).toBeGreaterThan(5);
  });

  it("disabled waits for the caller, and goes on as the others do", () => {
    const same = vectorOf(id, "sameStep");
    const disabled = vectorOf(id, "disabled");
    same.reset();
    disabled.reset();
    let ended = 0;
    for (let t = 0; t < 300; t++) {
      const actions = [t % 2, (t >> 1) % 2, 1];
      same.step(actions);
      disabled.step(actions);
      const over = [0, 1, 2].filter((i) => disabled.terminated[i] | disabled.truncated[i]);
      for (const i of over) expect(row(disabled.observations, i)).toEqual(row(same.finalObservations, i));
      if (over.length > 0) {
        ended++;
        const before = [...disabled.observations];
        expect(() => disabled.step(actions)).toThrow(`step after the end of ${over.length} episodes; call resetEnded`);
        expect([...disabled.observations]).toEqual(before);
        disabled.resetEnded();
      }
      expect([...disabled.observations]).toEqual([...same.observations]);
      expect([...disabled.rewards]).toEqual([...same.rewards]);
    }
    expect(ended).toBeGreaterThan(5);
  });
});

describe("autoreset", () => {
  it("is one of three", () => {
    expect(() => vectorOf("CartPole-v1", "never" as Autoreset)).toThrow("expected one of sameStep, nextStep, disabled");
  });
});
