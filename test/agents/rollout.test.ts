import { describe, expect, it } from "vitest";
import { Rollout } from "../../agents/index.js";
import { cartPole } from "../../envs/classic/cart-pole.js";
import { makeVector, register } from "../../envs/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { Streams } from "../../src/rng/streams.js";

register({ ...cartPole, id: "BriefCartPole-v1", maxEpisodeSteps: 12 });

/** A policy that fails after 8 to 10 steps in even copies, and lets odd ones last until the truncation. */
function act(observations: Float32Array, actions: Float32Array, executed = actions): void {
  for (let i = 0; i < actions.length; i++) {
    const [, , theta, thetaDot] = observations.subarray(4 * i, 4 * i + 4);
    actions[i] = i % 2 === 0 || theta + thetaDot > 0 ? 1 : 0;
  }
  executed.set(actions);
}

/** Stands in for a value network: any function of the observation will do. */
const value = (observation: ArrayLike<number>) => 1 + observation[0] + 2 * observation[1] + 3 * observation[2];

function values(observations: Float32Array, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) => value(observations.subarray(4 * row, 4 * row + 4)));
}

describe("a rollout", () => {
  const copies = 3;
  const steps = 7;

  it("holds what single environments would have seen, over several rollouts, and the value after each step", () => {
    const env = makeVector("BriefCartPole-v1", { copies, streams: new Streams(5) });
    const rollout = new Rollout(createEngine("wasm"), env, steps);
    // Copy i draws from the stream env/i: a vector of its own, of which only row i is looked at, replays it.
    const replay = makeVector("BriefCartPole-v1", { copies, streams: new Streams(5) });
    let current = replay.reset().slice();
    const ends = { terminated: 0, truncated: 0 };
    const episodes: number[][] = [];
    const expectedEpisodes: number[][] = [];
    const nextValues = new Float64Array(rollout.size);

    for (let round = 0; round < 6; round++) {
      rollout.collect(act, (...episode) => episodes.push(episode));
      const bootstrap = values(rollout.bootstrapObservations, rollout.bootstrapRows);
      rollout.nextValues(values(rollout.observations, rollout.size), bootstrap, nextValues);
      for (let t = 0; t < steps; t++) {
        const actions = new Float32Array(copies);
        act(current, actions);
        const row = t * copies;
        expect([...rollout.observations.subarray(4 * row, 4 * (row + copies))]).toEqual([...current]);
        expect([...rollout.actions.subarray(row, row + copies)]).toEqual([...actions]);
        replay.step(actions);
        expect([...rollout.rewards.subarray(row, row + copies)]).toEqual([...replay.rewards]);
        for (let i = 0; i < copies; i++) {
          const [terminated, truncated] = [replay.terminated[i], replay.truncated[i]];
          expect([rollout.terminated[row + i], rollout.truncated[row + i]]).toEqual([terminated, truncated]);
          const seen = terminated || truncated ? replay.finalObservations : replay.observations;
          if (!terminated) expect(nextValues[row + i]).toBe(value(seen.subarray(4 * i, 4 * i + 4)));
          if (terminated || truncated)
            expectedEpisodes.push([replay.clock, replay.episodeReturns[i], replay.episodeLengths[i], i]);
          ends.terminated += terminated;
          ends.truncated += truncated;
        }
        current = replay.observations.slice();
      }
    }
    expect(ends.terminated).toBeGreaterThan(4);
    expect(ends.truncated).toBeGreaterThan(2);
    expect(episodes).toEqual(expectedEpisodes);
    expect(episodes.find(([, , , copy]) => copy === 1)?.slice(0, 3)).toEqual([36, 12, 12]);
  });

  it("asks for no value after an episode that ends in both ways at once", () => {
    const unlimited = makeVector("CartPole-v1", { copies: 1, streams: new Streams(1) });
    unlimited.reset();
    while (!unlimited.terminated[0]) unlimited.step([1]);
    const length = unlimited.episodeLengths[0];
    register({ ...cartPole, id: "JustEndingCartPole-v1", maxEpisodeSteps: length });

    const env = makeVector("JustEndingCartPole-v1", { copies: 1, streams: new Streams(1) });
    const rollout = new Rollout(createEngine("wasm"), env, length + 1);
    rollout.collect(
      (_observations, _actions, executed) => executed.fill(1),
      () => {},
    );
    expect([rollout.terminated[length - 1], rollout.truncated[length - 1]]).toEqual([1, 1]);
    expect(rollout.bootstrapRows).toBe(1);
    const nextValues = new Float64Array(rollout.size);
    rollout.nextValues(new Float64Array(rollout.size), [7], nextValues);
    expect([nextValues[length - 1], nextValues[length]]).toEqual([0, 7]);
  });
});
