import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

describe("the streams of a run", () => {
  it("are the random streams of their seed and name, one object each", () => {
    const streams = new Streams(4);
    expect(streams.get("env")).toBe(streams.get("env"));
    expect(streams.get("env/3").uniform()).toBe(new RandomStream(4, "env/3").uniform());
  });

  it("do not move one another: a consumer more changes nothing for the others", () => {
    const [alone, accompanied] = [new Streams(1), new Streams(1)];
    accompanied.get("drift").normal();
    accompanied.get("env/1").uniform();
    expect(accompanied.get("env").uniform()).toBe(alone.get("env").uniform());
  });

  it("are saved and restored together", () => {
    const streams = new Streams(1);
    for (const name of ["init", "env", "latent/2"] as const) streams.get(name).normal();
    const saved = JSON.parse(JSON.stringify(streams.save()));
    expect(Object.keys(saved).sort()).toEqual(["env", "init", "latent/2"]);
    const draw = (from: Streams) => (["init", "env", "latent/2"] as const).map((name) => from.get(name).normal());
    const restored = new Streams(1);
    restored.restore(saved);
    expect(draw(restored)).toEqual(draw(streams));
  });

  it("start anew where they had not been asked for when the others were saved", () => {
    const streams = new Streams(1);
    const saved = streams.save();
    const first = streams.get("data").normal();
    streams.restore(saved);
    expect(streams.get("data").normal()).toBe(first);
  });
});
