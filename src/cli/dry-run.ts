import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CostModel, secondsLeft } from "../study/cost.js";
import { runFolder } from "../study/folder-store.js";
import type { PlannedStudy } from "../study/grid.js";
import { inTurns } from "../study/order.js";
import type { PlannedRun } from "../study/run.js";
import type { RunStore } from "../study/store.js";
import { threadExecutor } from "../study/thread-executor.js";
import { duration } from "./duration.js";
import { aligned, print, say } from "./output.js";
import { distinct, plansOf, sizeOf } from "./plan.js";

/** Runs of the sample at most, and the seconds after which each is left off. */
const sample = { runs: 12, seconds: 2 };

/**
 * Prints how many runs a study has and how long those take that are not stored, and writes nothing. The time comes from a
 * sample: the first runs of the study's order, which has all experiments in turn, begun and left off.
 */
export async function dryRun(study: PlannedStudy, store: RunStore, jobs: number): Promise<void> {
  const stored = new Set(await store.list());
  const experiments = plansOf(study).map((plan) => {
    const all = distinct([...plan.trials, ...plan.runs]);
    return { plan, all, missing: all.filter(({ id }) => !stored.has(id)) };
  });
  const missing = distinct(experiments.flatMap((experiment) => experiment.missing));
  const costs = await timeSample(inTurns(missing).slice(0, sample.runs), jobs);
  const time = (runs: readonly PlannedRun[]) => {
    const left = runs.map((run) => [costs.seconds(run) ?? 0, 1] as const);
    return runs.length === 0 ? "nothing is left to run" : `about ${duration(secondsLeft(left, jobs))}`;
  };
  const total = distinct(experiments.flatMap(({ all }) => all)).length;
  const finished = total > missing.length ? `, ${total - missing.length} of them finished before` : "";
  print(`${study.name}: ${total} runs${finished}; ${time(missing)} on ${jobs} ${jobs === 1 ? "thread" : "threads"}`);
  const rows = experiments.map(({ plan, missing }) => [`  ${plan.name}`, `${sizeOf(plan)}; ${time(missing)}`] as const);
  for (const line of aligned(rows)) print(line);
}

async function timeSample(runs: readonly PlannedRun[], jobs: number): Promise<CostModel> {
  const costs = new CostModel();
  if (runs.length === 0) return costs;
  say(`timing ${runs.length} runs, ${sample.seconds} s each at most`);
  const folder = await mkdtemp(join(tmpdir(), "ringdown-dry-run-"));
  try {
    const registry = new URL("./tasks.js", import.meta.url).href;
    const executor = threadExecutor({ registry, store: runFolder(folder), jobs, timeLimit: sample.seconds });
    const heard = new Map<PlannedRun, { readonly fraction: number; readonly at: number }>();
    const observe = (run: PlannedRun, fraction: number) => {
      const [before, at] = [heard.get(run), performance.now() / 1000];
      if (before !== undefined) costs.observe(run, fraction - before.fraction, at - before.at);
      heard.set(run, { fraction, at });
    };
    await executor.run(runs, {
      onProgress: observe,
      onFinished(run, error) {
        if (error === undefined) observe(run, 1);
      },
    });
    return costs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
