import { describe, expect, it } from "vitest";
import {
  checkEnvironment,
  Discrete,
  environmentProblems,
  fromDone,
  make,
  OutOfOrderError,
  toDone,
} from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";

/** Walk right from cell 0 to cell 4, in the shape of gym-js and rl-ts: one object with `done`. */
class Corridor {
  cell = 0;
  steps = 0;
  seeds: number[] = [];
  seed(seed: number) {
    this.seeds.push(seed);
  }
  reset() {
    this.cell = 0;
    this.steps = 0;
    return this.cell;
  }
  step(action: number) {
    this.cell = Math.max(0, this.cell + (action === 1 ? 1 : -1));
    this.steps++;
    const cut = this.steps === 30 && this.cell !== 4;
    const info = { "TimeLimit.truncated": cut, steps: this.steps };
    return { observation: this.cell, reward: this.cell === 4 ? 1 : 0, done: cut || this.cell === 4, info };
  }
}

const spaces = { id: "Corridor-v0", observationSpace: new Discrete(5), actionSpace: new Discrete(2) };

describe("an environment with a single done", () => {
  it("keeps the whole contract once adapted, as an object and as a list", () => {
    expect(() => checkEnvironment(() => fromDone(new Corridor(), spaces))).not.toThrow();
    const list = () => {
      const corridor = new Corridor();
      return {
        seed: (seed: number) => corridor.seed(seed),
        reset: () => corridor.reset(),
        step: (action: number) => {
          const { observation, reward, done, info } = corridor.step(action);
          return [observation, reward, done, info] as const;
        },
      };
    };
    expect(environmentProblems(() => fromDone(list(), spaces))).toEqual([]);
  });

  it("has its end told apart from its time limit", () => {
    const env = fromDone(new Corridor(), spaces);
    env.reset();
    for (let t = 0; t < 3; t++) expect(env.step(1).slice(1, 4)).toEqual([0, false, false]);
    const [cell, reward, terminated, truncated, info] = env.step(1);
    expect([cell, reward, terminated, truncated, info.clock]).toEqual([4, 1, true, false, 4]);
    expect(() => env.step(1)).toThrow(OutOfOrderError);
    env.reset();
    for (let t = 0; t < 29; t++) env.step(0);
    expect(env.step(0).slice(2, 4)).toEqual([false, true]);
    const limited = fromDone(new Corridor(), { ...spaces, maxEpisodeSteps: 4 });
    limited.reset();
    for (let t = 0; t < 3; t++) limited.step(1);
    expect(limited.step(1).slice(2, 4)).toEqual([true, true]);
  });

  it("is seeded where it can be, and refuses a seed where it cannot", () => {
    const corridor = new Corridor();
    fromDone(corridor, spaces).reset({ seed: 7 });
    expect(corridor.seeds).toEqual([7]);
    const unseeded = fromDone({ reset: () => 0, step: () => [0, 0, false] as const }, spaces);
    expect(() => unseeded.reset({ seed: 7 })).toThrow("it has no method seed");
    expect(() => unseeded.reset({ options: { state: [1] } })).toThrow(InputError);
    expect(() => unseeded.parameters.set("gravity", 1)).toThrow('unknown parameter "gravity"');
  });

  it("is what an environment of this project looks like from the other side", () => {
    const [env, twin] = [toDone(make("CartPole-v1")), make("CartPole-v1")];
    env.seed(3);
    expect(env.reset()).toEqual(twin.reset({ seed: 3 })[0]);
    for (let done = false; !done; ) {
      const seen = env.step(1);
      const [observation, reward, terminated, truncated] = twin.step(1);
      done = seen.done;
      expect([seen.observation, seen.reward, seen.done]).toEqual([observation, reward, terminated || truncated]);
      expect(seen.info["TimeLimit.truncated"]).toBe(false);
    }
    expect(env.reset()).toEqual(twin.reset()[0]);
    const balanced = toDone(make("CartPole-v1", { parameters: { forceMag: 0, gravity: 0, tau: 1e-9 } }));
    balanced.reset();
    for (let t = 0; t < 499; t++) balanced.step(0);
    expect(balanced.step(0)).toMatchObject({ done: true, info: { "TimeLimit.truncated": true } });
  });
});
