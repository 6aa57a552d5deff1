import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown } from "./run-cli.js";

const folder = temporaryFolders();

/** A folder with the toy program in it. */
function withToy(): string {
  const here = folder();
  copyFileSync(resolve(import.meta.dirname, "../envs/process/toy-program.mjs"), join(here, "toy.mjs"));
  return here;
}
const command = (manner: string) => JSON.stringify([process.execPath, "toy.mjs", manner]);
const small = ["--set", "network.hidden=[4]", "--set", "env.copies=2", "--steps", "40", "--engine", "wasm"];
const train = (manner: string, ...further: string[]) => [
  ...["train", "--env", "process", "--agent", "a2c", "--set", `env.program.command=${command(manner)}`],
  ...small,
  ...further,
];

describe("training on another program's environment", { timeout: 180_000 }, () => {
  it("records what was run, to the same bits twice", () => {
    const here = withToy();
    const [one, two] = ["one", "two"].map((out) => {
      const { status, stderr } = ringdown(here, ...train("right", "--out", out));
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const [id] = readdirSync(join(here, out));
      return readFileSync(join(here, out, id, "run.json"), "utf8");
    });
    expect(two).toBe(one);
    const { config, summary } = JSON.parse(one);
    expect(summary.steps).toBe(40);
    expect(config.env.program.description).toMatchObject({ name: "Toy-v0", version: "toy 1" });
    expect(config.env.program.description.parameters.stride.default).toBe(1);
  });

  it("checks what agent and drift need of it before the run, in one line", () => {
    const here = withToy();
    const drift = "[{ parameter: strid, schedule: { name: at, steps: [9] }, update: { name: list, values: [4] } }]";
    expect(ringdown(here, ...train("right", "--set", `env.drift=${drift}`))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^ringdown: train: env\.program: env\.drift\.0\.parameter: .*strid.*stride.*\n$/),
    });
    expect(ringdown(here, ...train("right", "--set", "agent.actions=squashed"))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^ringdown: train: env\.program: agent\.actions: Toy-v0 takes an integer .*\n$/),
    });
    expect(ringdown(here, "train", "--env", "process", ...small)).toMatchObject({
      status: 2,
      stderr: "ringdown: train: env.program: missing; expected a command\n",
    });
  });

  it("keeps a policy that can be evaluated and exported, and does not go on where the program was", () => {
    const here = withToy();
    expect(ringdown(here, ...train("right", "--checkpoint", "kept"))).toMatchObject({ status: 0 });
    const { status, stdout } = ringdown(here, "evaluate", "kept", "--episodes", "4", "--json", "--allow-modules");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ episodes: 4, deterministic: { mean: expect.any(Number) } });
    expect(ringdown(here, "export", "kept", "--to", "onnx", "--allow-modules")).toMatchObject({ status: 0 });
    expect(ringdown(here, ...train("right", "--checkpoint", "kept", "--resume"))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^ringdown: --resume: the state of .*toy\.mjs right is in no checkpoint;.*\n$/),
    });
  });

  it("loses in a study the run alone whose program dies, and says why in one line", () => {
    const here = withToy();
    const study = {
      name: "toys",
      experiments: {
        both: {
          task: "rl",
          seeds: [1],
          config: { env: { id: "process", copies: 2 }, agent: { name: "a2c" }, network: { hidden: [4] }, steps: 40 },
          grid: { "env.program.command": { well: JSON.parse(command("right")), ill: JSON.parse(command("dies")) } },
        },
      },
    };
    writeFileSync(join(here, "toys.yaml"), JSON.stringify(study));
    expect(ringdown(here, "run", "toys.yaml")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^ringdown: toys\.yaml: names the programs .*toy\.mjs right, .*--allow-modules\n$/),
    });
    const { status, stderr } = ringdown(here, "run", "toys.yaml", "--out", "results", "--jobs", "1", "--allow-modules");
    expect(status).toBe(1);
    expect(stderr).toMatch(/toy\.mjs dies: ended with exit code 3: the toy is broken/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(join(here, "results/toys/runs")).filter((name) => /^[0-9a-f]+$/.test(name))).toHaveLength(1);
  });
});
