import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gameTask } from "../../gan/task.js";
import { studyFolder } from "../study/folder-store.js";
import { planStudy } from "../study/grid.js";
import { silentProgress } from "../study/progress.js";
import { studySchema } from "../study/schema.js";
import { enterStudy } from "../study/sharing/enter.js";
import { runStudy } from "../study/study.js";
import { threadExecutor } from "../study/thread-executor.js";
import type { Row } from "./measure.js";

/** Numbers of runs: the time of each should not grow with them. */
const sizes = [1000, 10_000];

/**
 * What a study costs that has many small runs, bilinear games of 100 steps, for each of them: to carry them out on two
 * threads and store them, and to find all of them whole when the same study is run again.
 */
export async function manyRuns(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) rows.push(...(await timeStudy(size)));
  return rows;
}

async function timeStudy(size: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "ringdown-bench-"));
  const { claims, leave } = await enterStudy(folder, { version: "", engine: "wasm", study: "" });
  try {
    const config = { game: { name: "bilinear" }, optimizer: { name: "sgd", lr: 0.1 }, steps: 100 };
    const seeds = Array.from({ length: size }, (_, index) => index + 1);
    const experiments = { small: { task: "game", config, seeds } };
    const study = planStudy(
      { study: studySchema.parse({ name: "many", experiments }), source: "bench" },
      [gameTask],
      "wasm",
    );
    const store = studyFolder(folder);
    const registry = new URL("../../gan/task.js", import.meta.url).href;
    const executor = threadExecutor({ registry: taskList(registry), store: store.runs, jobs: 2, claims });
    const time = async (name: string): Promise<Row> => {
      const began = performance.now();
      await runStudy(study, { store, executor, progress: silentProgress });
      const milliseconds = (performance.now() - began) / size;
      return { name, engine: "wasm", variant: `${size} runs`, milliseconds, gflops: null, shareOfPeak: null };
    };
    return [
      await time("a run of 100 steps, on two threads, stored"),
      await time("a stored run, found whole when the study is run again"),
    ];
  } finally {
    await leave();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A module for worker threads that lists the one task. */
function taskList(module: string): string {
  const source = `import { gameTask } from ${JSON.stringify(module)}; export const tasks = [gameTask];`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
