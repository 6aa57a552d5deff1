import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/**
 * What each part may import besides itself; deeper entries win over shallower ones. Packages are not listed:
 * their licence to be used anywhere is package.json.
 */
const mayImport: Record<string, readonly string[]> = {
  "src/math": [],
  "src/config": [],
  "src/rng": [],
  "src/kernels": ["src/config", "src/rng"],
  "src/theory": ["src/math"],
  "src/dynamics": ["src/math", "src/stats"],
  "src/optim": ["src/config", "src/kernels/engine"],
  "src/stats": ["src/math", "src/rng"],
  "src/nn": ["src/kernels", "src/rng"],
  "src/study": ["src/stats", "src/rng", "src/config"],
  envs: ["src/math", "src/rng", "src/config"],
  agents: [
    "envs",
    "src/math",
    "src/nn",
    "src/kernels",
    "src/optim",
    "src/rng",
    "src/config",
    "src/stats",
    "src/study/task",
    "src/study/tables",
    "src/study/digest",
  ],
  "src/play": [
    "src/math",
    "src/optim",
    "src/dynamics",
    "src/theory",
    "src/stats",
    "src/rng",
    "src/config",
    "src/study/task",
    "src/study/tables",
  ],
  "agents/tables": ["src/study/tables"],
  "src/play/tables": ["src/study/tables"],
  gan: [
    "src/play",
    "src/math",
    "src/nn",
    "src/kernels",
    "src/optim",
    "src/rng",
    "src/config",
    "src/dynamics",
    "src/theory",
    "src/stats",
    "src/study/task",
    "src/study/tables",
    "src/study/digest",
  ],
  "gan/tables": ["src/study/tables", "src/play/tables"],
  "src/problems": [
    "src/play",
    "src/optim",
    "src/rng",
    "src/config",
    "src/theory",
    "src/study/task",
    "src/study/tables",
    "src/study/digest",
  ],
  "src/problems/tables": ["src/study/tables"],
  "src/bench": ["src/kernels", "src/nn", "src/optim", "src/play", "src/rng", "src/study", "agents", "gan", "envs"],
  reports: [
    "src/stats",
    "src/study",
    "src/dynamics",
    "src/theory",
    "src/config",
    "agents/tables",
    "gan/tables",
    "src/problems/tables",
  ],
  "src/cli": ["src", "envs", "agents", "gan", "reports"],
  "src/index.ts": ["src"],
};

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

const files = ["src", "envs", "agents", "gan", "reports"].flatMap(sources);

/** The project's own files that a file imports, types and dynamic imports included. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, resolve(root, dirname(file), name)).replace(/\.js$/, ".ts"));
}

const within = (file: string, part: string) => file === part || file === `${part}.ts` || file.startsWith(`${part}/`);

function partOf(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((part) => within(file, part))
    .sort((a, b) => b.length - a.length)[0];
}

function upwardImports(file: string, targets: readonly string[]): string[] {
  const part = partOf(file);
  if (part === undefined) return [`${file} lies in no part of the house`];
  const allowed = [part, ...mayImport[part]];
  return targets
    .filter((target) => !allowed.some((place) => within(target, place)))
    .map((target) => `${file} imports ${target}`);
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe("the architecture", () => {
  it("has sources to check", () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it("imports only downward", () => {
    expect(files.flatMap((file) => upwardImports(file, imports(file)))).toEqual([]);
  });

  it("has no import cycle", () => {
    expect(findCycle(new Map(files.map((file) => [file, imports(file)])))).toBeUndefined();
  });

  it("would notice an upward import, a stray file and a cycle", () => {
    expect(upwardImports("src/optim/x.ts", ["src/nn/mlp.ts"])).toEqual(["src/optim/x.ts imports src/nn/mlp.ts"]);
    expect(upwardImports("reports/x.ts", ["gan/play.ts", "src/study/store.ts"])).toEqual([
      "reports/x.ts imports gan/play.ts",
    ]);
    expect(upwardImports("agents/a2c.ts", ["src/study/task.ts", "src/study/pool.ts"])).toEqual([
      "agents/a2c.ts imports src/study/pool.ts",
    ]);
    expect(upwardImports("src/stray.ts", [])).toHaveLength(1);
    expect(
      findCycle(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["a"]],
        ]),
      ),
    ).toEqual(["a", "b", "c", "a"]);
  });
});
