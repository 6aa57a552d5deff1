import { type GanStep, ganStep } from "./gan-step.js";
import type { Subject } from "./measure.js";

/** A request to a worker thread: so many steps of the game that it keeps. */
export interface Steps {
  readonly step: GanStep;
  readonly engine: string;
  readonly count: number;
}

/** A pool's jobs are all of one kind. */
let kept: Subject | undefined;

export default async function work({ step, engine, count }: Steps): Promise<void> {
  kept ??= ganStep(step, engine);
  for (let i = 0; i < count; i++) await kept.run();
}
