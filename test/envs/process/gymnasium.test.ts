import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { Streams } from "../../../src/rng/streams.js";
import { builtCli } from "../../study/built.js";

const built = pathToFileURL(resolve(builtCli, "../../../envs/index.js")).href;
const { make, makeVector, processSpec }: typeof import("../../../envs/index.js") = await import(built);

/** RINGDOWN_PYTHON names another one, of a virtual environment. */
const python = process.env.RINGDOWN_PYTHON ?? "python3";
const missing = spawnSync(python, ["-c", "import gymnasium"]).status !== 0;
const server = resolve(import.meta.dirname, "../../../envs/process/gymnasium_server.py");
const gymnasium = (...words: string[]) => processSpec({ command: [python, server, ...words] });
const seedOf = (stream: { integer(n: number): number }) => stream.integer(2 ** 31);

// Skipped where Python has no Gymnasium: `pip install gymnasium`.
it.skipIf(missing)(
  "steps Gymnasium's CartPole to the bits of the project's own, for 200 steps and their resets",
  () => {
    const theirs = makeVector(gymnasium("CartPole-v1"), { copies: 1, streams: new Streams(7) });
    const ours = make("CartPole-v1");
    const seeds = new Streams(7).get("env/0");
    const actions = new Streams(7).get("policy");
    const begin = () => ours.reset({ seed: seedOf(seeds), options: { generator: "numpy" } })[0];
    expect(theirs.reset()).toEqual(begin());
    let episodes = 1;
    for (let step = 0; step < 200; step++) {
      const action = actions.integer(2);
      const seen = theirs.step([action]).slice();
      const [observation, reward, terminated, truncated] = ours.step(action);
      const ended = terminated || truncated;
      expect(ended ? theirs.finalObservations : seen).toEqual(observation);
      expect([...theirs.rewards, ...theirs.terminated, ...theirs.truncated]).toEqual([reward, +terminated, +truncated]);
      if (!ended) continue;
      expect(seen).toEqual(begin());
      episodes++;
    }
    theirs.close();
    expect(episodes).toBeGreaterThan(5);
  },
);

it.skipIf(missing)("hands over actions from a box, and parameters that drift", () => {
  const spec = gymnasium("Pendulum-v1", "--parameter", "g");
  expect(spec.parameters.g.default).toBe(10);
  expect(spec.maxEpisodeSteps).toBe(200);
  const [theirs, ours] = [spec, "Pendulum-v1"].map((env) => make<Float32Array, number[]>(env));
  theirs.reset({ seed: 3 });
  ours.reset({ seed: seedOf(new Streams(3).get("env/0")), options: { generator: "numpy" } });
  for (let step = 0; step < 20; step++) {
    if (step === 10) {
      theirs.parameters.set("g", 3);
      ours.parameters.set("gravity", 3);
    }
    const [[one, reward], [other, expected]] = [theirs.step([1.5]), ours.step([1.5])];
    expect(reward).toBeCloseTo(expected, 12);
    for (const [k, value] of one.entries()) expect(value).toBeCloseTo(other[k], 6);
  }
  theirs.close();
});
