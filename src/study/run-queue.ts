import { setTimeout } from "node:timers/promises";
import type { RunSpec } from "./run.js";
import type { Claims } from "./sharing/claims.js";
import type { RunStore } from "./store.js";

/** Runs that wait for a hand that is free. */
export interface RunQueue<Spec extends RunSpec = RunSpec> {
  /** The next runs, so many at most; none when nothing is left. */
  take(most: number): Promise<Spec[]>;
  /** Takes back runs that were taken and not begun. */
  putBack(runs: readonly Spec[]): Promise<void>;
  /** Tells that a run that was taken is done or has failed. */
  close(run: Spec): Promise<void>;
}

export function listQueue<Spec extends RunSpec>(runs: readonly Spec[]): RunQueue<Spec> {
  // From its end, an array is cheap to take from.
  const waiting = runs.toReversed();
  return {
    take: async (most) => waiting.splice(-most).reverse(),
    putBack: async (back) => void waiting.push(...back.toReversed()),
    close: async () => {},
  };
}

export interface SharedQueueOptions<Spec extends RunSpec> {
  readonly store: Pick<RunStore, "has">;
  readonly claims: Claims;
  readonly signal?: AbortSignal;
  /** Called for a run that another process has stored. */
  readonly onStored: (run: Spec) => void;
  /** Milliseconds between two looks at the runs that others have claimed. */
  readonly pause?: number;
}

/**
 * Runs that other processes want to carry out too. What is taken is claimed, and not stored. Those that others have
 * claimed come last: they are waited for, and taken over where their owner has died or given them back.
 */
export function sharedQueue<Spec extends RunSpec>(
  runs: readonly Spec[],
  { store, claims, signal, onStored, pause = 500 }: SharedQueueOptions<Spec>,
): RunQueue<Spec> {
  const waiting = runs.toReversed();
  const elsewhere: Spec[] = [];

  async function takeWaiting(most: number): Promise<Spec[]> {
    const taken: Spec[] = [];
    while (taken.length < most) {
      const run = waiting.pop();
      if (run === undefined) break;
      if (!(await claims.claim(run.id))) {
        elsewhere.push(run);
      } else if (await store.has(run.id)) {
        await claims.release(run.id);
        onStored(run);
      } else {
        taken.push(run);
      }
    }
    return taken;
  }

  return {
    async take(most) {
      while (!signal?.aborted) {
        const taken = await takeWaiting(most);
        if (taken.length > 0 || elsewhere.length === 0) return taken;
        await setTimeout(pause, undefined, { signal }).catch(() => {});
        waiting.push(...elsewhere.splice(0).reverse());
      }
      return [];
    },
    async putBack(back) {
      for (const { id } of back) await claims.release(id);
      waiting.push(...back.toReversed());
    },
    close: ({ id }) => claims.release(id),
  };
}
