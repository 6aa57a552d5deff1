import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { Streams } from "../../../src/rng/streams.js";
import { builtCli } from "../../study/built.js";

// Compiled: the thread that keeps a program's pipes is JavaScript.
const built = pathToFileURL(resolve(builtCli, "../../../envs/index.js")).href;
const { checkEnvironment, make, makeVector, processSpec }: typeof import("../../../envs/index.js") = await import(
  built
);

const toy = (manner = "right", timeLimit = 60) =>
  processSpec({ command: [process.execPath, resolve(import.meta.dirname, "toy-program.mjs"), manner], timeLimit });

describe("an environment that a program steps", { timeout: 180_000 }, () => {
  it("says what it is, and keeps Gymnasium's contract", () => {
    const spec = toy();
    expect(spec.id).toBe("Toy-v0");
    expect(String(spec.observationSpace)).toBe("2 numbers from [-Infinity, 0] to [Infinity, 5]");
    expect(spec.maxEpisodeSteps).toBe(Number.POSITIVE_INFINITY);
    expect(() => checkEnvironment(() => make(spec))).not.toThrow();
  });

  it("steps, ends by its own rule and is cut off by its own limit", () => {
    const env = make(toy());
    const [first] = env.reset({ seed: 1 });
    const start = new Streams(1).get("env/0").integer(2 ** 31) % 10;
    expect(first).toEqual(Float32Array.of(start, 0));
    expect(env.step(2).slice(0, 4)).toEqual([Float32Array.of(start + 2, 1), start + 2, false, false]);
    for (let k = 0; k < 3; k++) env.step(0);
    expect(env.step(0).slice(1, 4)).toEqual([start + 2, false, true]);
    env.reset();
    env.parameters.set("stride", 30);
    expect(env.step(1).slice(2, 4)).toEqual([true, false]);
    env.close();
    env.close();
    expect(() => env.save()).toThrow("Toy-v0: save: its state lies in a program");
  });

  it("plays equal episodes from equal seeds, in copies that reset by themselves, under a drift", () => {
    const play = (seed: number) => {
      const drift = [
        { parameter: "stride", schedule: { name: "at", steps: [9] }, update: { name: "list", values: [4] } },
      ];
      const env = makeVector(toy(), { copies: 3, streams: new Streams(seed), drift } as Parameters<
        typeof makeVector
      >[1]);
      const rows = [[...env.reset()]];
      for (let step = 0; step < 12; step++) rows.push([...env.step([0, 1, 2]), ...env.rewards, ...env.truncated]);
      env.close();
      return rows;
    };
    expect(play(1)).toEqual(play(1));
    expect(play(1)).not.toEqual(play(2));
    const [before, after] = [play(1)[2], play(1)[4]];
    expect(before[2] - play(1)[1][2]).toBe(1);
    expect(after[2] - play(1)[3][2]).toBe(4);
  });

  it("leaves its own process when another's dies", () => {
    const [well, ill] = [make(toy()), make(toy("dies"))];
    for (const env of [well, ill]) env.reset({ seed: 1 });
    for (let k = 0; k < 2; k++) for (const env of [well, ill]) env.step(1);
    expect(() => ill.step(1)).toThrow(/toy-program\.mjs dies: ended with exit code 3: the toy is broken$/);
    expect(() => ill.reset()).toThrow(/ended with exit code 3/);
    expect(well.step(1)[0][1]).toBe(3);
    well.close();
  });

  it.each([
    ["garbage", /garbage: expected a JSON object on a line, found "hello\?"$/],
    ["silent", /silent: step: expected an answer within 10 s, found none$/],
    ["wrong", /^Toy-v0: step: observations: expected a list of 2, one a copy, found \[\[1\]\]$/],
    ["refuses", /refuses: step: no more$/],
  ])("ends a run in one line where the program is %s", (manner, message) => {
    const env = makeVector(toy(manner, manner === "silent" ? 10 : 60), { copies: 2, streams: new Streams(1) });
    env.reset();
    const play = () => {
      for (let k = 0; k < 3; k++) env.step([0, 0]);
    };
    expect(play).toThrow(expect.objectContaining({ name: "InputError", message: expect.stringMatching(message) }));
    env.close();
  });

  it("refuses a program that cannot be started, says nothing or speaks another version", () => {
    const start =
      (...command: string[]) =>
      () =>
        processSpec({ command, timeLimit: 20 });
    expect(start("no-such-program")).toThrow("no-such-program: cannot be started: spawn no-such-program ENOENT");
    expect(start(process.execPath, "-e", "0")).toThrow(/-e 0: ended with exit code 0$/);
    expect(() => toy("future")).toThrow(/future: make: expected protocol 1, found 2$/);
    const blank = 'console.log("{\\"protocol\\":1}")';
    expect(start(process.execPath, "-e", blank)).toThrow(/make: name: .*/);
  });

  it("refuses a program that describes another environment than the run was planned with", () => {
    const command = [process.execPath, resolve(import.meta.dirname, "toy-program.mjs")];
    const description = {
      name: "Toy-v0",
      version: "toy 0",
      observationSpace: { kind: "box" as const, low: [null, 0], high: [null, 5] },
      actionSpace: { kind: "discrete" as const, n: 3, start: 0 },
      maxEpisodeSteps: null,
      parameters: {},
    };
    expect(() => make(processSpec({ command, description }))).toThrow(
      /version has changed: expected "toy 0", found "toy 1"$/,
    );
  });
});
