import { describe, expect, it } from "vitest";
import { rlTables } from "../../agents/tables.js";
import { phases } from "../../reports/adaptation/cartpole.js";
import { pairedDifference, recoveryRows } from "../../reports/adaptation/recovery-measures.js";
import { returnCurves } from "../../reports/adaptation/returns.js";
import { responses, settlingTimes } from "../../reports/adaptation/scale.js";
import { exceeding, largestPeaks } from "../../reports/adaptation/state.js";
import { traces } from "../../reports/adaptation/state-measures.js";
import { problemTask } from "../../src/problems/task.js";
import { record } from "../record.js";
import { completed, finishedRun } from "./finished-run.js";

/** Two copies; each phase 1000 steps long, episodes of 10 steps of each copy, hence one of each every 20 steps. */
function cartPole(rho: number, seed: number, recoverAt: readonly number[]) {
  const [step, length, returns]: number[][] = [[], [], []];
  for (let clock = 20; clock <= 3000; clock += 20) {
    for (let copy = 0; copy < 2; copy++) {
      const phase = Math.min(2, Math.floor((clock - 1) / 1000));
      step.push(clock);
      length.push(10);
      returns.push(clock - 1000 * phase > recoverAt[phase] ? 500 : 10);
    }
  }
  const config = {
    env: {
      copies: 2,
      drift: [{ parameter: "forceMag", schedule: { steps: [1000, 2000] }, update: { values: [-10, 10] } }],
    },
    agent: { rollout: 5 },
    optimizer: { rho },
    steps: 3000,
  };
  return finishedRun({
    config,
    seed,
    tables: { episodes: completed(rlTables.episodes, { step, length, return: returns }) },
  });
}

describe("recovery after a jump", () => {
  const runs = [
    cartPole(0.9, 1, [0, 100, 200]),
    cartPole(0.9, 2, [0, 300, 5000]),
    cartPole(0.99, 1, [0, 300, 5000]),
    cartPole(0.99, 2, [0, 500, 5000]),
  ];

  it("names the phases and what each jump changes", () => {
    expect(phases(runs[0].config)).toEqual([
      { at: 0, end: 1000, label: "from scratch" },
      { at: 1000, end: 2000, label: "jump 1: forceMag → −10" },
      { at: 2000, end: 3000, label: "jump 2: forceMag → 10" },
    ]);
  });

  it("is timed from the jump to the first 20 episodes whose mean reaches the reference", async () => {
    const rows = await recoveryRows(runs);
    const row = rows.find(({ rho, phase }) => rho === 0.9 && phase === 1);
    // 500 and 10 mix to 400 when 16 of 20 episodes are good: eight pairs after step 100.
    expect(row?.recoveries[0].time).toEqual({ time: 260, observed: true });
    expect(row?.recoveries[0].drop).toBeCloseTo((5 * 2 * 10 + 10 * 500) / 20, 10);
    expect(row?.memorySteps).toBeCloseTo(100, 10);
    expect(row?.recovered).toBe(2);
    expect(row?.median).toBe(260);
  });

  it("is censored at the next jump or the end, and has no median when most never recover", async () => {
    const rows = await recoveryRows(runs);
    const row = rows.find(({ rho, phase }) => rho === 0.99 && phase === 2);
    expect(row?.recoveries.map(({ time }) => time)).toEqual([
      { time: 1000, observed: false },
      { time: 1000, observed: false },
    ]);
    expect([row?.recovered, row?.median]).toEqual([0, null]);
  });

  it("is compared between ρ seed by seed", async () => {
    const rows = await recoveryRows(runs);
    const [short, long] = rows.filter(({ phase }) => phase === 1);
    const { interval, detectable } = pairedDifference(short, long);
    expect(interval.estimate).toBe(200);
    // Both seeds differ by 200: without a deviation any difference could have been seen.
    expect(detectable).toBe(0);
    const recovery = (time: number) => ({ seed: 1, drop: 0, time: { time, observed: true } });
    const at = (times: number[]) => ({ ...short, recoveries: times.map(recovery) });
    const wide = pairedDifference(at([100, 100, 100, 100]), at([90, 120, 140, 90]));
    expect(wide.detectable).toBeGreaterThan((wide.interval.high - wide.interval.low) / 2);
  });

  it("shows in the return over time", async () => {
    const [curve] = await returnCurves(runs, 30);
    expect(curve.points[9].mean).toBe(500);
    expect(curve.points[10].mean).toBe(10);
    expect(curve.points[12]).toMatchObject({ low: 132.5, mean: 255, high: 377.5 });
  });
});

describe("the response of the step", () => {
  it("is the closed form at every step of every jump", async () => {
    const config = {
      problem: { name: "scaleJump", scales: [1, 10, 1], at: [600, 1200] },
      optimizer: { name: "rmsprop", rho: 0.9, eps: 0 },
      steps: 1800,
    };
    const { tables } = await record(problemTask, config);
    const rows = await responses([finishedRun({ config, tables })]);
    expect(rows.map(({ direction, ratio }) => [direction, ratio])).toEqual([
      ["up", 10],
      ["down", 0.1],
    ]);
    for (const { largestError, settled } of rows) {
      expect(largestError).toBeLessThan(1e-9);
      expect(settled.measured).toBe(settled.predicted);
    }
    // Memory 10: in memories.
    const [{ up, down }] = settlingTimes(rows);
    expect([up, down].map((time) => Math.round(10 * time))).toEqual(rows.map(({ settled }) => settled.measured));
  });
});

describe("the trace of the optimizer's state", () => {
  it("is taken in units of the level before the jump, and its peak from the first steps after it", async () => {
    // 1000 updates of 10 environment steps; the update norm is 2 before the jump at 5000, 8 for 3000 steps, then 4.
    const step = Array.from({ length: 1000 }, (_, i) => 10 * (i + 1));
    const updateNorm = step.map((s) => (s <= 5000 ? 2 : s <= 8000 ? 8 : 4));
    const rootSquareAverage = step.map((s) => (s <= 5000 ? 0.1 : 0.3));
    const config = {
      env: {
        copies: 2,
        drift: [{ parameter: "length", schedule: { steps: [5000] }, update: { values: [2] } }],
      },
      agent: { rollout: 5 },
      optimizer: { rho: 0.99 },
      steps: 10_000,
    };
    const one = finishedRun({
      config,
      tables: { metrics: completed(rlTables.metrics, { step, updateNorm, rootSquareAverage }) },
    });
    const all = await traces([one, one]);
    const [trace] = all;
    expect(trace).toMatchObject({ rho: 0.99, jump: 1, label: "jump 1: length → 2", peak: { estimate: 4 } });
    expect(trace.memorySteps).toBeCloseTo(1000, 8);
    expect(trace.bound).toBeCloseTo(10, 10);
    expect(trace.points[0]).toMatchObject({ since: 10, updateNorm: 4 });
    expect(trace.points.at(-1)?.updateNorm).toBeCloseTo(2, 10);
    for (const { rootSquare } of trace.points) expect(rootSquare).toBeCloseTo(3, 10);
    expect(largestPeaks(all)).toEqual([{ rho: 0.99, peak: 4, bound: trace.bound }]);
    expect([exceeding(all), exceeding([{ ...trace, bound: 3 }])]).toEqual([[], [0.99]]);
  });
});
