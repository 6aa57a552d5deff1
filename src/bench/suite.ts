import { environmentSteps } from "./environments.js";
import { ganStep, tfjsGanStep } from "./gan-step.js";
import { measure, type Row, type Subject } from "./measure.js";
import { loadTfjs } from "./tfjs.js";
import { watchedSteps } from "./watching.js";

const steps = [
  { hidden: 64, batch: 256 },
  { hidden: 128, batch: 256 },
] as const;

/**
 * Times training steps, beside those of the peers that are installed, what watching a run
 * costs, and steps of environments.
 */
export async function suite(engine: string, peers: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const step of steps) {
    const subjects: Subject[] = [ganStep(step, engine)];
    const tf = peers ? await loadTfjs("wasm") : null;
    if (tf !== null) subjects.push(tfjsGanStep(tf, step));
    rows.push(...(await measure(subjects)));
  }
  // Whole runs, of a second or two each.
  rows.push(...(await measure(watchedSteps(engine), 7)));
  rows.push(...(await measure(environmentSteps())));
  return rows;
}
