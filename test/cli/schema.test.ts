import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { studyJsonSchema } from "../../src/cli/study-json-schema.js";
import { tasks } from "../../src/cli/tasks.js";
import { parseYaml } from "../../src/study/yaml.js";
import { ringdownHere } from "./run-cli.js";

const root = resolve(import.meta.dirname, "../..");
const validate = new Ajv({ allErrors: false }).compile(studyJsonSchema(tasks));
const errorsOf = (document: unknown) => {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
};

const reports = readdirSync(join(root, "reports")).map((name) => join("reports", name, "study.yaml"));
const shipped = [...reports.filter((file) => existsSync(join(root, file))), "agents/learning.yaml"];

const withConfig = (task: string, config: unknown) => ({ name: "mine", experiments: { first: { task, config } } });

describe("the JSON Schema of study files", () => {
  it("admits every study that is shipped", () => {
    expect(shipped.length).toBeGreaterThan(5);
    const found = shipped.map((file) => [file, errorsOf(parseYaml(readFileSync(join(root, file), "utf8")))]);
    expect(found.filter(([, errors]) => errors.length > 0)).toEqual([]);
  });

  it.each([
    [{ name: "mine", experiment: {} }],
    [{ name: "a name with spaces", experiments: {} }],
    [withConfig("gaem", {})],
    [{ name: "mine", experiments: { first: { task: "game", seeds: [] } } }],
    [{ name: "mine", experiments: { first: { task: "game", gird: {} } } }],
    [withConfig("game", { stesp: 5 })],
    [withConfig("game", { steps: "many" })],
    [withConfig("game", { game: { name: "bilinaer" } })],
    [withConfig("game", { optimizer: { name: "adam", beta3: 0.5 } })],
    [withConfig("game", { optimizer: { name: "sgd", momentum: 0.9 } })],
    [withConfig("problem", { game: { name: "bilinear" } })],
    [withConfig("rl", { env: { id: "CartPole-v1", copys: 3 } })],
    [withConfig("rl", { agent: { name: "ppo", gamma: 2 } })],
  ])("refuses %j", (document) => {
    expect(errorsOf(document)).not.toEqual([]);
  });

  it("lets a configuration leave out what the grid sets", () => {
    expect(errorsOf(withConfig("game", { optimizer: { lr: 0.1 } }))).toEqual([]);
    expect(errorsOf(withConfig("rl", {}))).toEqual([]);
  });

  it("has words for what is described, for editors to show", () => {
    const text = JSON.stringify(studyJsonSchema(tasks));
    expect(text).toContain("environment steps over all copies");
  });

  it("is printed by ringdown schema", async () => {
    const { stdout, status } = await ringdownHere(root, "schema");
    expect([status, JSON.parse(stdout)]).toEqual([0, studyJsonSchema(tasks)]);
  });
});
