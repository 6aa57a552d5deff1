import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/**
 * What each part may import besides itself, from the ground floor up: a part stands above all that it imports. Deeper
 * entries win over shallower ones. Packages are not listed: their licence to be used anywhere is package.json.
 */
const mayImport: Record<string, readonly string[]> = {
  "src/math": [],
  "src/rng": ["src/math"],
  "src/config": [],
  "src/stats": ["src/math", "src/rng"],
  "src/theory": ["src/math"],
  "src/kernels": ["src/config", "src/rng"],
  "src/dynamics": ["src/math", "src/stats"],
  "src/optim": ["src/math", "src/config", "src/kernels/engine"],
  "src/nn": ["src/rng", "src/kernels/engine"],
  "src/study": ["src/math", "src/rng", "src/config", "src/stats"],
  "src/interchange": ["src/config", "src/kernels/engine", "src/nn", "src/study/files", "src/study/export/protobuf"],
  "src/play": [
    "src/math",
    "src/rng",
    "src/config",
    "src/stats",
    "src/theory",
    "src/dynamics",
    "src/optim",
    "src/study/task",
    "src/study/tables",
  ],
  "src/play/tables": ["src/study/tables"],
  envs: ["src/math", "src/rng", "src/config"],
  "envs/pictures/scene": [],
  agents: [
    "src/math",
    "src/rng",
    "src/config",
    "src/stats",
    "src/kernels",
    "src/optim",
    "src/nn",
    "src/study/task",
    "src/study/checkpoint-file",
    "src/study/tables",
    "src/interchange",
    "envs",
  ],
  "agents/tables": ["src/study/tables"],
  gan: [
    "src/math",
    "src/rng",
    "src/config",
    "src/stats",
    "src/theory",
    "src/kernels",
    "src/dynamics",
    "src/optim",
    "src/nn",
    "src/study/task",
    "src/study/tables",
    "src/study/digest",
    "src/interchange",
    "src/play",
  ],
  "gan/tables": ["src/study/tables", "src/play/tables"],
  "src/problems": [
    "src/math",
    "src/rng",
    "src/config",
    "src/kernels",
    "src/optim",
    "src/nn",
    "src/study/task",
    "src/study/tables",
    "src/play",
  ],
  "src/problems/tables": ["src/study/tables"],
  reports: [
    "src/math",
    "src/rng",
    "src/config",
    "src/stats",
    "src/theory",
    "src/dynamics",
    "src/study",
    "envs/pictures/scene",
    "agents/tables",
    "gan/tables",
    "src/problems/tables",
  ],
  "src/bench": ["src/rng", "src/kernels", "src/optim", "src/nn", "src/study", "src/play", "envs", "agents", "gan"],
  "src/page": [
    "src/math",
    "src/config",
    "src/rng",
    "src/theory",
    "src/kernels",
    "src/nn",
    "src/optim",
    "src/play",
    "src/problems",
    "src/study",
    "envs",
    "agents",
    "gan",
    "reports/chapters",
    "reports/page",
    "reports/parts",
  ],
  "src/cli": ["src", "envs", "agents", "gan", "reports"],
  "src/docs": ["src/config", "src/cli"],
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

/** The allowances that no file makes use of. */
function unusedAllowances(): string[] {
  const used = new Map<string, string[]>();
  for (const file of files) {
    const part = partOf(file) ?? file;
    used.set(part, [...(used.get(part) ?? []), ...imports(file)]);
  }
  return Object.entries(mayImport).flatMap(([part, places]) =>
    places
      .filter((place) => !used.get(part)?.some((target) => within(target, place)))
      .map((place) => `no file of ${part} imports ${place}`),
  );
}

/** A part → what it may import, of the rows of CONTRIBUTING's table: code in its first and its last column. */
function tableInContributing(): Record<string, readonly string[]> {
  const rows = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| `/.test(line));
  const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
  return Object.fromEntries(
    rows.map((row) => row.split("|").slice(1, -1)).map((cells) => [codes(cells[0])[0], codes(cells[cells.length - 1])]),
  );
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

  it("allows nothing that nobody uses", () => {
    expect(unusedAllowances()).toEqual([]);
  });

  it("lists each part above all that it may import", () => {
    const order = Object.keys(mayImport);
    const misplaced = order.flatMap((part, floor) =>
      mayImport[part].filter((place) => order.slice(floor + 1).some((higher) => within(place, higher))),
    );
    expect(misplaced).toEqual([]);
  });

  it("is the one that CONTRIBUTING draws", () => {
    const drawn = tableInContributing();
    expect(drawn).toEqual(mayImport);
    expect(Object.keys(drawn)).toEqual(Object.keys(mayImport));
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
