import { join } from "node:path";
import { writeWhole } from "../files.js";
import { csvRuns, csvTable } from "./csv.js";
import { jsonRuns, jsonTable } from "./json.js";
import type { ExportedRun } from "./runs.js";
import { eventFile } from "./tensorboard.js";

/** Writes runs into a folder in one format; returns the path of what to open. */
type Exporter = (runs: readonly ExportedRun[], folder: string) => Promise<string>;

/** The formats, by name. All hold every number of the Parquet files to its last bit. */
export const exporters: Readonly<Record<string, Exporter>> = {
  async csv(runs, folder) {
    await writeTables(runs, folder, "csv", csvTable);
    await writeWhole(join(folder, "runs.csv"), csvRuns(runs));
    return join(folder, "runs.csv");
  },
  async json(runs, folder) {
    await writeTables(runs, folder, "json", jsonTable);
    await writeWhole(join(folder, "runs.json"), jsonRuns(runs));
    return join(folder, "runs.json");
  },
  async tensorboard(runs, folder) {
    for (const exported of runs) {
      const place = join(folder, ...placeOf(exported));
      await writeWhole(join(place, "events.out.tfevents.0.ringdown"), eventFile(exported.run));
    }
    return folder;
  },
};

/** A file a table, below a folder a run, which is that of its Parquet files. */
async function writeTables(
  runs: readonly ExportedRun[],
  folder: string,
  ending: string,
  encode: (columns: Awaited<ReturnType<ExportedRun["run"]["table"]>>) => Iterable<string>,
): Promise<void> {
  for (const run of new Map(runs.map(({ run }) => [run.id, run])).values()) {
    for (const name of run.tables) {
      await writeWhole(join(folder, "runs", run.id, `${name}.${ending}`), encode(await run.table(name)));
    }
  }
}

/** A run's folders, by which TensorBoard names it: `jump/optimizer.rho=0.9/seed=1`; those of a run of its own: its id. */
function placeOf({ experiment, run: { id, condition, seed } }: ExportedRun): string[] {
  if (experiment === null) return [id];
  const axes = Object.entries(condition).map(([axis, label]) => escaped(`${axis}=${label}`));
  return [experiment, ...axes, `seed=${seed}`];
}

/** Percent-encodes what some file system refuses in a name. */
function escaped(name: string): string {
  return name.replace(/[%/\\:*?"<>|\p{Cc}]/gu, encodeURIComponent);
}
