import { actorCriticUpdate, tfjsActorCriticUpdate } from "./actor-critic.js";
import { elementKernels } from "./elements.js";
import { environmentSteps } from "./environments.js";
import { ganStep, tfjsGanStep } from "./gan-step.js";
import { inference, tfjsInference } from "./inference.js";
import { layerKernels } from "./layers.js";
import { measure, type Row, type Subject } from "./measure.js";
import { optimizerKernels, optimizerLoops } from "./optimizer-steps.js";
import { measureShares } from "./peak.js";
import { ppoRound } from "./ppo.js";
import { manyRuns } from "./runs.js";
import { type Backend, loadTfjs, on } from "./tfjs.js";
import { watchedSteps } from "./watching.js";
import { workerSteps } from "./workers.js";

/** The subjects that can be timed, in the order of the table. */
export const sections = [
  "kernels",
  "elements",
  "gan",
  "agent",
  "inference",
  "optimizers",
  "workers",
  "watching",
  "environments",
  "runs",
] as const;
export type Section = (typeof sections)[number];

/**
 * Times matrix products and the other kernels, training steps, inference, optimizers, worker threads, what watching a run
 * costs, environments, and studies of many runs: each step on all engines and on the peers that are installed, side by side.
 *
 * @param engines the first is the one that ratios refer to
 */
export async function suite(engines: readonly string[], peers: boolean, wanted: readonly Section[]): Promise<Row[]> {
  const backends = peers ? await loadTfjs() : [];
  const onPeers = (make: (backend: Backend) => Subject) => inTurn(backends, make);
  const timed: Record<Section, () => Promise<Row[]>> = {
    kernels: () => measureShares(engines.flatMap(layerKernels), engines, true),
    elements: () => measureShares(engines.flatMap(elementKernels), engines),
    gan: async () => {
      const rows: Row[] = [];
      for (const hidden of [64, 128]) {
        const step = { hidden, batch: 256 };
        const ours = engines.map((engine) => ganStep(step, engine));
        rows.push(...(await measureShares([...ours, ...(await onPeers((at) => tfjsGanStep(at, step)))], engines)));
      }
      return rows;
    },
    agent: async () => [
      ...(await measureShares([...engines.map(actorCriticUpdate), ...(await onPeers(tfjsActorCriticUpdate))], engines)),
      ...(await measureShares(
        [4, 64].flatMap((copies) => engines.map((engine) => ppoRound(engine, copies))),
        engines,
      )),
    ],
    inference: async () => {
      const rows: Row[] = [];
      for (const count of [1, 16, 64]) {
        const ours = engines.map((engine) => inference(engine, count));
        rows.push(...(await measure([...ours, ...(await onPeers((at) => tfjsInference(at, count)))])));
      }
      return rows;
    },
    optimizers: () => measure([...engines.flatMap(optimizerKernels), ...optimizerLoops()]),
    workers: async () => {
      const rows: Row[] = [];
      for (const engine of engines) rows.push(...(await workerSteps(engine)));
      return rows;
    },
    // Whole runs, of a second or two each.
    watching: () => measure(watchedSteps(engines[0]), 7),
    environments: () => measure(environmentSteps()),
    runs: manyRuns,
  };
  const rows: Row[] = [];
  for (const section of wanted) rows.push(...(await timed[section]()));
  return rows;
}

/** One after the other: there is one backend at a time. */
async function inTurn(backends: readonly Backend[], make: (backend: Backend) => Subject): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const backend of backends) subjects.push(await on(backend, make));
  return subjects;
}
