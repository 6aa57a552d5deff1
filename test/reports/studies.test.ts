import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { reportFor, reports } from "../../reports/index.js";
import { type Findings, figuresOf } from "../../reports/parts/findings.js";
import { renderMarkdown } from "../../reports/parts/render/markdown.js";
import { renderFigure } from "../../reports/parts/render/png.js";
import { builtInStudies } from "../../src/cli/studies.js";
import { tasks } from "../../src/cli/tasks.js";
import { packageRoot } from "../../src/config/package.js";
import { planStudy } from "../../src/study/grid.js";
import { loadStudy } from "../../src/study/load.js";
import { readStudy } from "../../src/study/read.js";
import type { ExperimentFile } from "../../src/study/schema.js";
import { ringdown } from "../cli/run-cli.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const folder = temporaryFolders();
const names = Object.keys(reports);
/** Of hundreds of runs: their tasks are those of the others. */
const large = ["chapters", "cures"];
const fileOf = (name: string) => join(packageRoot, "reports", name, "study.yaml");

/** An experiment cut down to seconds: what stays is every condition, but of fine sweeps every fourth, two seeds, and when things happen in the run. */
function cut(experiment: ExperimentFile): ExperimentFile {
  const { task, config, seeds } = experiment;
  const most = task === "rl" ? 9000 : hasNetwork(config) ? 60 : 3000;
  const factor = Math.min(1, most / Number(config.steps));
  /** Every number of steps, wherever it stands. */
  const scaled = (node: unknown, key: string): unknown => {
    if (typeof node === "number")
      return ["steps", "at", "after", "every"].includes(key) ? Math.max(1, Math.round(factor * node)) : node;
    if (Array.isArray(node))
      return inOrder(
        node.map((value) => scaled(value, key)),
        key,
      );
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, scaled(value, name)]));
  };
  const shortened = scaled(experiment, "") as ExperimentFile;
  return { ...shortened, grid: thinned(shortened.grid), seeds: seeds.slice(0, 2) };
}

/** Whether steps are dear: of a GAN, and of a problem with a network. */
const hasNetwork = ({ network, problem }: ExperimentFile["config"]) =>
  network !== undefined || (problem as { name?: unknown } | undefined)?.name === "classification";

/** Of a fine sweep over the learning rate every fourth value. */
function thinned(grid: ExperimentFile["grid"]): ExperimentFile["grid"] {
  const rates = grid["optimizer.lr"];
  if (!Array.isArray(rates) || rates.length < 12) return grid;
  return { ...grid, "optimizer.lr": rates.filter((_, i) => i % 4 === 0) };
}

/** Times of changes that fell together, apart again. */
function inOrder(values: unknown[], key: string): unknown[] {
  let last = 0;
  return values.map((value) => {
    if (key !== "at" || typeof value !== "number") return value;
    last = Math.max(last + 1, value);
    return last;
  });
}

/** The quick study of a report, cut down, as a file in a folder. */
function cutStudy(name: string, where: string): string {
  const { study } = loadStudy(fileOf(name), { quick: true });
  const experiments = Object.entries(study.experiments).map(([key, experiment]) => [key, cut(experiment)]);
  const file = join(where, "study.yaml");
  writeFileSync(file, stringify({ name, title: study.title, experiments: Object.fromEntries(experiments) }));
  return file;
}

/** File → SHA-256 of everything below a folder. */
function hashes(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(root.length), createHash("sha256").update(readFileSync(path)).digest("hex")] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const run = (where: string, name: string, jobs: number) =>
  ringdown(where, "run", cutStudy(name, where), "--jobs", String(jobs));

describe("the built-in studies", () => {
  it("are the folders of the reports", () => {
    expect(builtInStudies()).toEqual([...names].sort());
  });

  it.each(names)("%s has the experiments that its report needs, and configurations that its tasks accept", (name) => {
    for (const quick of [false, true]) {
      const study = planStudy(loadStudy(fileOf(name), { quick }), tasks, "wasm");
      expect(study.name).toBe(name);
      const planned = study.experiments.map((one) => ("runs" in one ? one.runs : one.untuned.points).length);
      expect(planned.reduce((sum, count) => sum + count)).toBeGreaterThan(5);
      if (quick) continue; // a quick section may leave experiments out
      expect(study.experiments.map((experiment) => experiment.name)).toEqual(
        expect.arrayContaining([...reports[name].needs]),
      );
    }
  });

  it.each(names.filter((name) => !large.includes(name)))(
    "%s gives the same bytes with one worker and with two, PNGs and rows alike",
    (name) => {
      const [one, two] = [folder(), folder()];
      for (const [here, jobs] of [
        [one, 1],
        [two, 2],
      ] as const) {
        expect(run(here, name, jobs)).toMatchObject({ status: 0 });
      }
      expect(hashes(two)).toEqual(hashes(one));
    },
    120_000,
  );

  it.each(names)(
    "%s prints what it has written, tells no NaN, and its findings survive JSON",
    async (name) => {
      const one = folder();
      const first = run(one, name, 2);
      expect(first).toMatchObject({ status: 0 });
      const printed = first.stdout.trim().split("\n");
      const pngs = printed.filter((path) => path.endsWith(".png"));
      expect(pngs.length).toBeGreaterThanOrEqual(3);
      for (const path of printed) expect(existsSync(join(one, path))).toBe(true);
      const results = join(one, "results", name);
      expect(printed.slice(-3)).toEqual([
        ...["report.md", "index.html"].map((file) => `results/${name}/${file}`),
        "results/index.html",
      ]);
      const report = readFileSync(join(results, "report.md"), "utf8");
      expect(report).toContain("## Verdicts");
      expect(report).not.toMatch(/NaN|undefined|\[object/);
      for (const path of pngs) expect(report).toContain(`](${path.split("/").at(-1)})`);

      const study = await readStudy(results);
      const carried: Findings = JSON.parse(JSON.stringify(await reportFor(study).find(study)));
      expect(renderMarkdown(carried)).toBe(report);
      const figures = figuresOf(carried);
      expect(figures.map(({ file }) => `results/${name}/${file}`)).toEqual(pngs);
      for (const figure of figures) {
        expect(`${figure.title} ${figure.caption}`).not.toMatch(/NaN|undefined|\[object/);
        expect(Buffer.compare(renderFigure(figure), readFileSync(join(results, figure.file)))).toBe(0);
      }
    },
    240_000,
  );
});
