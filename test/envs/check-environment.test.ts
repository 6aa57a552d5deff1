import { describe, expect, it } from "vitest";
import {
  checkEnvironment,
  environmentProblems,
  make,
  names,
  RecordEpisodeStatistics,
  TimeLimit,
  Wrapper,
} from "../../envs/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";

describe("checkEnvironment passes", () => {
  it.each(names())("%s, bare, drifting and wrapped", (id) => {
    expect(environmentProblems(() => make(id))).toEqual([]);
    const drift = [
      {
        parameter: "rewardScale",
        schedule: { name: "geometric", mean: 9 },
        update: { name: "randomWalk", deviation: 1 },
      },
    ] as const;
    expect(environmentProblems(() => make(id, { drift: [...drift] }))).toEqual([]);
  });

  it("a wrapped environment whose order is enforced within", () => {
    const wrapped = () => new RecordEpisodeStatistics(make("CartPole-v1"));
    expect(() => checkEnvironment(wrapped)).not.toThrow();
  });
});

class Plain extends Wrapper<Float32Array, number> {
  constructor() {
    super(make<Float32Array, number>("CartPole-v1"));
  }
}

/** CartPole with one thing broken, each in a way that environments have really been broken. */
const broken: [string, () => unknown, string][] = [
  [
    "has no close",
    () => ({
      ...make("CartPole-v1"),
      observationSpace: make("CartPole-v1").observationSpace,
      actionSpace: make("CartPole-v1").actionSpace,
      reset() {},
      step() {},
    }),
    "It has no method close.",
  ],
  [
    "resets to an observation alone",
    () =>
      new (class extends Plain {
        override reset(options?: object) {
          return super.reset(options)[0] as never;
        }
      })(),
    "reset returns [observation, info], found [",
  ],
  [
    "returns a single done",
    () =>
      new (class extends Plain {
        override step(action: number) {
          const [observation, reward, terminated, truncated, info] = super.step(action);
          return [observation, reward, terminated || truncated, info] as never;
        }
      })(),
    "step returns [observation, reward, terminated, truncated, info], found [[",
  ],
  [
    "observes outside its space",
    () =>
      new (class extends Plain {
        override step(action: number) {
          const [, ...rest] = super.step(action);
          return [Float32Array.of(9, 0, 0, 0), ...rest] as never;
        }
      })(),
    "step shows [9,0,0,0], which is not in the observation space",
  ],
  [
    "rewards with NaN",
    () =>
      new (class extends Plain {
        override step(action: number) {
          const result = super.step(action);
          result[1] = Number.NaN;
          return result;
        }
      })(),
    "A reward is a finite number, found NaN.",
  ],
  [
    "has flags that are numbers",
    () =>
      new (class extends Plain {
        override step(action: number) {
          const result = super.step(action);
          result[2] = 0 as never;
          return result;
        }
      })(),
    "terminated is true or false, found 0.",
  ],
  [
    "ignores its seed",
    (() => {
      const shared = new RandomStream(1, "env");
      return () =>
        new (class extends Plain {
          override reset() {
            return super.reset({ seed: shared.integer(1e6) });
          }
        })();
    })(),
    "The same seed gives another trajectory.",
  ],
  [
    "hands out its own buffer",
    () => {
      const buffer = new Float32Array(4);
      return new (class extends Plain {
        override step(action: number) {
          const result = super.step(action);
          buffer.set(result[0]);
          result[0] = buffer;
          return result;
        }
      })();
    },
    "A later step changes an observation that was handed out.",
  ],
  [
    "takes any action",
    () =>
      new (class extends Plain {
        override step(action: number) {
          return super.step(action === 1 ? 1 : 0);
        }
      })(),
    "It takes the action -1, which is not in the action space: an integer from 0 to 1.",
  ],
  [
    "moves before it refuses",
    () =>
      new (class extends Plain {
        override step(action: number) {
          if (action !== 0 && action !== 1) {
            super.step(0);
            throw new Error("wrong");
          }
          return super.step(action);
        }
      })(),
    "A refused action changes its state.",
  ],
  [
    "steps without a reset",
    () =>
      new (class extends Plain {
        #started = false;
        override reset(options?: object) {
          this.#started = true;
          return super.reset(options);
        }
        override step(action: number) {
          if (!this.#started) this.reset();
          return super.step(action);
        }
      })(),
    "It takes a step before the first reset.",
  ],
  [
    "goes on after the end",
    () =>
      new (class extends Plain {
        #over = false;
        override reset(options?: object) {
          this.#over = false;
          return super.reset(options);
        }
        override step(action: number) {
          if (this.#over) this.reset();
          const result = super.step(action);
          this.#over = result[2] || result[3];
          return result;
        }
      })(),
    "It takes a step after the end of an episode.",
  ],
  [
    "takes any seed, and cannot be closed twice",
    () =>
      new (class extends Plain {
        #closed = false;
        override reset(options: { seed?: number } = {}) {
          return super.reset({ seed: Math.abs(Math.round(options.seed ?? 0)) });
        }
        override close() {
          if (this.#closed) throw new Error("closed already");
          this.#closed = true;
        }
      })(),
    "It takes the seed -1. It takes the seed 0.5. Closing twice is an error: closed already.",
  ],
  [
    "ignores a wrong parameter",
    () =>
      new (class extends Plain {
        override get parameters() {
          return { set() {} } as never;
        }
      })(),
    "Setting a parameter that does not exist is no error.",
  ],
];

describe("checkEnvironment says why", () => {
  it.each(broken)("an environment that %s fails", (_name, create, sentence) => {
    expect(() => checkEnvironment(create)).toThrow(sentence);
  });

  it("a number is no environment, and a time limit does not enforce the order by itself", () => {
    expect(environmentProblems(() => 5)).toEqual(["An environment is an object, found 5."]);
    expect(environmentProblems(() => new TimeLimit(make("CartPole-v1"), 3))).toEqual([
      "It takes a step after the end of an episode.",
    ]);
  });
});

describe("checkEnvironment", () => {
  it("asks for a function that makes the environment", () => {
    expect(() => checkEnvironment(make("CartPole-v1") as unknown as () => unknown)).toThrow(
      "checkEnvironment: expected a function that makes the environment, found object",
    );
  });
});
