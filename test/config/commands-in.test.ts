import { expect, it } from "vitest";
import { parse } from "yaml";
import { commandsIn } from "../../src/config/commands-in.js";

it("finds every program that a study file could start, in configurations, grids and quick changes", () => {
  const study = parse(`
name: mine
experiments:
  first:
    task: rl
    config: { env: { id: process, program: { command: [python3, one.py, --flag] } } }
    grid:
      env.program.command: [[python3, two.py], [python3, three.py]]
      env.program: { a: { command: [four] } }
      env.program.command.0: [five, six]
quick:
  experiments.first.config.env.program.command: [seven, "8"]
`);
  expect(commandsIn(study)).toEqual([
    ["python3", "one.py", "--flag"],
    ["python3", "two.py"],
    ["python3", "three.py"],
    ["four"],
    ["five", "six"],
    ["seven", "8"],
  ]);
  expect(commandsIn({ env: { id: "CartPole-v1" }, optimizer: { name: "sgd" }, seeds: [1, 2] })).toEqual([]);
});
