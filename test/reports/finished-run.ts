import type { Experiment, Run, Study } from "../../src/study/read.js";
import type { TableDeclaration } from "../../src/study/tables.js";

/** A finished run as reports see it, of what a test says of it; tables as columns by name. */
export function finishedRun<Config>(
  parts: Partial<Omit<Run, "table" | "tables" | "config">> & {
    readonly config: Config;
    readonly tables?: Readonly<Record<string, object>>;
  },
): Run & { readonly config: Config } {
  const { tables = {}, ...rest } = parts;
  return {
    id: "0",
    task: "game",
    condition: {},
    seed: 1,
    engine: "wasm",
    version: "0.0.0",
    outcome: { kind: "completed" },
    summary: {},
    parametersSha256: "",
    ...rest,
    tables: Object.keys(tables),
    table: async (name) => tables[name] as Awaited<ReturnType<Run["table"]>>,
  };
}

/** A study of runs by experiment. */
export function finishedStudy(experiments: Readonly<Record<string, readonly Run[]>>, name = "test"): Study {
  const entries = Object.entries(experiments).map(([key, runs]): [string, Experiment] => {
    const seeds = [...new Set(runs.map(({ seed }) => seed))];
    return [key, { name: key, task: runs[0]?.task ?? "game", axes: {}, seeds, runs }];
  });
  return { name, title: "A title", experiments: Object.fromEntries(entries) };
}

/** A table with all columns of its declaration: those that a test does not need hold NaN. */
export function completed(
  { columns }: TableDeclaration,
  given: Readonly<Record<string, readonly number[]>>,
): Record<string, readonly number[]> {
  const [some] = Object.values(given);
  const others = Object.keys(columns).map((name) => [name, some.map(() => Number.NaN)]);
  return { ...Object.fromEntries(others), ...given };
}
