import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import * as reports from "../../reports/index.js";
import { number } from "../../reports/parts/text.js";
import { packageRoot } from "../../src/config/package.js";
import * as dynamics from "../../src/dynamics/index.js";
import * as ringdownIndex from "../../src/index.js";
import * as stats from "../../src/stats/index.js";
import * as theory from "../../src/theory/index.js";
import { ringdown } from "../cli/run-cli.js";
import { temporaryFolders } from "../study/temporary-folder.js";

/** What the examples import, by the package's names. */
const modules: Readonly<Record<string, object>> = {
  ringdown: ringdownIndex,
  "ringdown/dynamics": dynamics,
  "ringdown/reports": reports,
  "ringdown/stats": stats,
  "ringdown/theory": theory,
};

const examples = [
  ...readFileSync(join(packageRoot, "reports/README.md"), "utf8").matchAll(/```ts\n(.*?)```/gs),
].flatMap(([, code]) => (code.includes('readStudy("results/') ? [code] : []));
const exampleOf = (study: string) => examples.find((code) => code.startsWith(`// ${study}: `)) ?? "";

/** Runs an example on the results in a folder; what it logs, number by number, and what its names stand for. */
async function logged(
  code: string,
  folder: string,
  result = "undefined",
): Promise<{ numbers: number[]; result: unknown }> {
  const imports = [...code.matchAll(/^import \{ (.*) \} from "(.*)";$/gm)].map(([, names, from]) => {
    expect(Object.keys(modules[from])).toEqual(expect.arrayContaining(names.split(", ")));
    return `const { ${names} } = modules["${from}"];`;
  });
  const body = code.replace(/^import .*$/gm, "").replace('"results/', `"${folder}/results/`);
  const numbers: number[] = [];
  const console = { log: (...values: number[]) => numbers.push(...values) };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const run = new AsyncFunction("modules", "console", [...imports, body, `return ${result};`].join("\n"));
  return { numbers, result: await run(modules, console) };
}

const gan = { network: { hidden: [8] }, batch: 32, steps: 60 };
const adam = { name: "adam", lr: 0.01 };
const experiment = (config: object, grid: object, seeds = [1, 2, 3]) => ({ task: "game", config, grid, seeds });
const patients = (name: string) =>
  experiment(
    { game: { name }, optimizer: adam, ...gan, spectrum: { vectors: 4, at: [30] } },
    { "+cure": { none: {}, R1: { "game.r1": 0.3 } } },
  );

/** Small studies under the names of the large ones, of those experiments that the examples read. */
const studies: Readonly<Record<string, Record<string, object>>> = {
  cycling: {
    adaptive: experiment(
      { game: { name: "bilinear", start: [0.1, 0] }, steps: 3000 },
      {
        order: ["simultaneous", "alternating"],
        optimizer: {
          "RMSprop ρ = 0.999": { name: "rmsprop", lr: 0.01, rho: 0.999 },
          "Adam β₁ = 0.9": { ...adam, beta1: 0.9, beta2: 0.999 },
        },
      },
      [1],
    ),
  },
  damping: {
    ring: experiment({ game: { name: "ring" }, optimizer: adam, ...gan }, { "optimizer.beta1": [0, 0.5, 0.9] }),
  },
  cures: { ring: patients("ring"), grid: patients("grid") },
  mixtures: {
    recipe: experiment(
      { optimizer: adam, averaging: { decay: 0.99 }, ...gan },
      {
        game: {
          "Ring R = 2": { name: "ring", deviation: 0.5 },
          "Ring R = 1": { name: "ring", radius: 1, deviation: 0.3 },
        },
      },
    ),
  },
};

describe("the guide to reports", () => {
  const folder = temporaryFolders();
  const play = (name: string) => {
    const where = folder();
    const file = join(where, "study.yaml");
    writeFileSync(file, stringify({ name, title: name, experiments: studies[name] }));
    expect(ringdown(where, "run", file, "--jobs", "1")).toMatchObject({ status: 0 });
    return where;
  };

  it.each(Object.keys(studies))("computes a verdict of %s by hand, from the stored files", async (name) => {
    const where = play(name);
    const code = exampleOf(name);
    const [, claim] = code.match(/^\/\/ \w+: (.*)$/m) ?? [];
    const { numbers } = await logged(code, where);
    const [asData] = examples;
    const { result } = await logged(asData.replace("results/cures", `results/${name}`), where, "verdicts");
    const verdict = (result as { claim: string; because: string }[]).find((one) => one.claim.startsWith(claim));
    expect(numbers.length).toBeGreaterThanOrEqual(2);
    // Prose rounds to two, three or four digits.
    for (const value of numbers) {
      const written = [2, 3, 4].map((digits) => number(value, digits));
      expect(
        written.map((text) => verdict?.because.includes(text) ?? false),
        `${written} in: ${verdict?.because}`,
      ).toContain(true);
    }
  });
});
