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

interface Size {
  readonly runs: number;
  /** Of each run, and rows. */
  readonly steps: number;
}

/** The time of each run should not grow with their number, nor that of each row with theirs: the last two have a million. */
const sizes: readonly Size[] = [
  { runs: 1000, steps: 100 },
  { runs: 10_000, steps: 100 },
  { runs: 10, steps: 100_000 },
];

/**
 * What a study of bilinear games costs for each of its runs: to carry them out on two threads and store them, and to find
 * all of them whole when the same study is run again; and the memory that it takes.
 */
export async function manyRuns(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) rows.push(...(await timeStudy(size)));
  return rows;
}

async function timeStudy({ runs, steps }: Size): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "ringdown-bench-"));
  const { claims, leave } = await enterStudy(folder, { version: "", engine: "wasm", study: "" });
  try {
    const config = { game: { name: "bilinear" }, optimizer: { name: "sgd", lr: 0.1 }, steps };
    const seeds = Array.from({ length: runs }, (_, index) => index + 1);
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
      const peak = peakMemory();
      const began = performance.now();
      await runStudy(study, { store, executor, progress: silentProgress });
      const milliseconds = (performance.now() - began) / runs;
      const nanosecondsPerElement = (1e6 * milliseconds) / steps;
      const cost = { milliseconds, nanosecondsPerElement, megabytes: peak() };
      return {
        name,
        engine: "wasm",
        variant: `${runs} runs × ${steps} steps`,
        gflops: null,
        shareOfPeak: null,
        ...cost,
      };
    };
    return [
      await time("a run, on two threads, stored"),
      await time("a stored run, found whole when the study is run again"),
    ];
  } finally {
    await leave();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Watches the process's memory; the answer ends it, and is the most that was resident, in megabytes. */
function peakMemory(): () => number {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss() / 1e6);
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

/** A module for worker threads that lists the one task. */
function taskList(module: string): string {
  const source = `import { gameTask } from ${JSON.stringify(module)}; export const tasks = [gameTask];`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
