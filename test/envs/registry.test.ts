import { describe, expect, it } from "vitest";
import { cartPole } from "../../envs/classic/cart-pole.js";
import { make, makeVector, names, register, spec } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { Streams } from "../../src/rng/streams.js";

describe("the registry", () => {
  it("names the nearest environment for an unknown one", () => {
    expect(() => make("CartPole-v0")).toThrow(InputError);
    expect(() => make("CartPole-v0")).toThrow('unknown environment "CartPole-v0"; did you mean "CartPole-v1"?');
  });

  it("makes what has been registered, once", () => {
    register({ ...cartPole, id: "ShortCartPole-v1", maxEpisodeSteps: 3 });
    expect(names()).toContain("ShortCartPole-v1");
    expect(spec("ShortCartPole-v1").maxEpisodeSteps).toBe(3);
    const env = make("ShortCartPole-v1");
    env.reset({ options: { state: [0, 0, 0, 0] } });
    expect([env.step(0)[3], env.step(1)[3], env.step(0)[3]]).toEqual([false, false, true]);
    expect(() => register(cartPole)).toThrow('"CartPole-v1" is registered already');
  });

  it("refuses what cannot be an environment", () => {
    const one = (change: object) => () => register({ ...cartPole, id: "BrokenCartPole-v1", ...change });
    const parameter = { default: 1, description: "" };
    expect(one({ maxEpisodeSteps: 0 })).toThrow("maxEpisodeSteps: expected at least 1, found 0");
    expect(one({ parameters: { rewardScale: parameter } })).toThrow('every environment has a "rewardScale" already');
    expect(one({ distributions: { wind: ["gravity", "gale"] } })).toThrow(
      'distributions.wind: unknown parameter "gale"',
    );
    expect(names()).not.toContain("BrokenCartPole-v1");
  });

  it("refuses parameters that do not exist or cannot be", () => {
    expect(() => make("CartPole-v1", { parameters: { forceMagnitude: 1 } })).toThrow(
      /unknown parameter "forceMagnitude".*valid: gravity, massCart, massPole, length, forceMag, tau/,
    );
    expect(() => make("CartPole-v1", { parameters: { masspole: 1 } })).toThrow('did you mean "massPole"?');
    expect(() => make("CartPole-v1", { parameters: { length: 0 } })).toThrow("expected a positive number, found 0");
    expect(() => make("CartPole-v1", { parameters: { gravity: Number.NaN } })).toThrow("expected a finite number");
    expect(make("CartPole-v1", { parameters: { forceMag: -3 } }).parameters.get("forceMag")).toBe(-3);
  });

  it("leaves a parameter as it was when the new value is refused", () => {
    const env = make("CartPole-v1");
    expect(() => env.parameters.set("massPole", -1)).toThrow(InputError);
    expect(() => env.parameters.get("mass")).toThrow(InputError);
    expect(env.parameters.snapshot()).toMatchObject({
      gravity: 9.8,
      massCart: 1,
      massPole: 0.1,
      length: 0.5,
      forceMag: 10,
      tau: 0.02,
    });
  });

  it("refuses a vector of no copies", () => {
    for (const copies of [0, -1, 1.5]) {
      expect(() => makeVector("CartPole-v1", { copies, streams: new Streams(1) })).toThrow(InputError);
    }
  });
});
