import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tasks } from "../../src/cli/tasks.js";
import { packageRoot } from "../../src/config/package.js";
import { planStudy } from "../../src/study/grid.js";
import { loadStudy } from "../../src/study/load.js";
import { ringdown } from "../cli/run-cli.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const folder = temporaryFolders();

/** The built-in studies, cut down to seconds: what stays is every experiment, condition and figure. */
const cuts = {
  cycling: [
    "experiments.ring.config.steps=60",
    "experiments.ring.seeds=[1,2]",
    "experiments.adaptive.config.steps=3000",
  ],
  damping: [
    "experiments.ring.config.steps=60",
    "experiments.ring.seeds=[1,2]",
    "experiments.slowCycle.config.steps=3000",
    "experiments.chatter.config.steps=3000",
    "experiments.crossover.config.steps=2000",
  ],
  adaptation: [
    "experiments.scale.config.steps=3000",
    "experiments.scale.config.problem.at=[1000,2000]",
    "experiments.cartpole.config.steps=9000",
    "experiments.cartpole.config.env.drift.0.schedule.steps=[3000,6000]",
    "experiments.cartpole.seeds=[1,2]",
  ],
  mixtures: ["experiments.recipe.config.steps=40", "experiments.optimizers.config.steps=40"],
} as const;
type Name = keyof typeof cuts;
const names = Object.keys(cuts) as Name[];

/** File → SHA-256 of everything below a folder. */
function hashes(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(root.length), createHash("sha256").update(readFileSync(path)).digest("hex")] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const run = (where: string, name: Name, jobs: number) =>
  ringdown(where, "run", name, "--quick", "--jobs", String(jobs), ...cuts[name].flatMap((set) => ["--set", set]));

describe("the built-in studies", () => {
  it.each(names)("%s has a name of its own, and configurations that its tasks accept, quick or not", (name) => {
    const file = join(packageRoot, "reports", name, "study.yaml");
    for (const quick of [false, true]) {
      const study = planStudy(loadStudy(file, { quick }), tasks, "wasm");
      expect(study.name).toBe(name);
      expect(study.experiments.flatMap(({ runs }) => runs).length).toBeGreaterThan(5);
    }
  });

  it.each(names)(
    "%s gives the same bytes with one worker and with two, PNGs and rows alike",
    (name) => {
      const [one, two] = [folder(), folder()];
      const first = run(one, name, 1);
      expect(first).toMatchObject({ status: 0 });
      expect(run(two, name, 2).status).toBe(0);
      const written = hashes(one);
      expect(hashes(two)).toEqual(written);
      const printed = first.stdout.trim().split("\n");
      const pngs = printed.filter((path) => path.endsWith(".png"));
      expect(pngs.length).toBeGreaterThanOrEqual(4);
      for (const path of printed) expect(existsSync(join(one, path))).toBe(true);
      expect(printed.at(-1)).toBe(`results/${name}/report.md`);
      const report = readFileSync(join(one, "results", name, "report.md"), "utf8");
      expect(report).toContain("## Verdicts");
      expect(report).not.toMatch(/NaN|undefined|\[object/);
      for (const path of pngs) expect(report).toContain(`](${path.split("/").at(-1)})`);
    },
    120_000,
  );
});
