import { describe, expect, it } from "vitest";
import { duration } from "../../src/cli/duration.js";
import { studyProgress } from "../../src/cli/study-progress.js";
import type { PlannedRun } from "../../src/study/run.js";

const runs = (count: number, experiment = "first", steps = 100): PlannedRun[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `${experiment}-${index}`, task: "decay", config: { steps }, seed: index + 1, engine: "wasm", experiment },
    condition: { rate: String(index % 2) },
  }));

/** A stream that keeps what it is told, and a clock that is set by hand. */
function screen(isTTY: boolean) {
  const written: string[] = [];
  const time = { now: 0 };
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) > 0 };
  return { written, time, progress: studyProgress(stream, 1, () => time.now) };
}

describe("a study's progress in a pipe", () => {
  it("is a line for every tenth of the runs, not for every run, with the time left", () => {
    const { written, time, progress } = screen(false);
    const all = runs(40);
    progress.start({ name: "toy", total: 40, done: 0, runs: all, later: [] });
    for (const run of all) {
      progress.advanced(run, 0);
      time.now += 5;
      progress.ended(run, undefined, {});
    }
    progress.stop();
    expect(written).toHaveLength(11);
    expect([written[0], written[1], written[10]]).toEqual([
      "toy: 40 runs\n",
      "toy: 4/40 runs, about 3 min left\n",
      "toy: 40/40 runs\n",
    ]);
  });

  it("is a line for every run of a few, says what was there before and what failed", () => {
    const { written, progress } = screen(false);
    const all = runs(2);
    progress.start({ name: "toy", total: 3, done: 1, runs: all, later: [] });
    progress.ended(all[0], undefined, undefined);
    progress.ended(all[1], new Error("no"), undefined);
    expect(written).toEqual([
      "toy: 3 runs, 1 of them finished before\n",
      "toy: 2/3 runs\n",
      "toy: 2/3 runs, 1 failed\n",
    ]);
  });

  it("is a line a minute while one long run is under way", () => {
    const { written, time, progress } = screen(false);
    const [run] = runs(1);
    progress.start({ name: "toy", total: 1, done: 0, runs: [run], later: [] });
    progress.advanced(run, 0);
    for (time.now = 1; time.now <= 180; time.now++) progress.advanced(run, time.now / 1000);
    expect(written.slice(1)).toEqual([
      "toy: 0/1 runs, about 15 min 40 s left\n",
      "toy: 0/1 runs, about 14 min 40 s left\n",
      "toy: 0/1 runs, about 13 min 40 s left\n",
    ]);
  });
});

/** From the line's beginning to the end of the screen. */
const erase = "\r\u001b[J";

describe("a study's progress on a terminal", () => {
  it("is one block, rewritten in place, that fits the width", () => {
    const { written, time, progress } = screen(true);
    const all = runs(4);
    const metric = { path: "height", goal: "minimise" } as const;
    progress.start({ name: "toy, tuning of first", total: 4, done: 0, runs: all, later: all, metric });
    for (const [index, run] of all.entries()) {
      progress.advanced(run, 0);
      time.now += 10;
      progress.ended(run, index === 3 ? new Error("no") : undefined, index === 3 ? undefined : { height: 5 - index });
    }
    progress.stop();
    const lines = (text: string) => text.slice(text.indexOf(erase) + erase.length).split("\n");
    expect(lines(written[0])).toEqual([
      "toy, tuning of first  ░░░░░░░░░░░░░░░░░░░░  0 %",
      "  0 of 4 runs done, 0 running, 0 failed",
      "",
    ]);
    expect(written.at(-1)?.startsWith(`\u001b[3A${erase}`)).toBe(true);
    expect(lines(written.at(-1) as string)).toEqual([
      "toy, tuning of first  ████████████████████  100 %  about 40",
      "  3 of 4 runs done, 0 running, 1 failed",
      "  best height so far: 3.000 (rate=0, seed 3)",
      "",
    ]);
    for (const line of written.flatMap(lines)) expect([...line].length).toBeLessThan(60);
  });
});

describe("the time left", () => {
  it("is right within half as much again from a tenth of the work on, though experiments cost differently", () => {
    const { written, time, progress } = screen(false);
    // Seconds a step differ by a hundred between experiments, and by two between conditions; steps differ too.
    const rates: Record<string, number> = { slow: 1, quick: 0.01, middling: 0.2 };
    const all = [...runs(30, "slow"), ...runs(60, "quick", 3000), ...runs(30, "middling", 50)];
    const cost = ({ experiment, condition, config }: PlannedRun) =>
      rates[experiment] * (condition.rate === "1" ? 2 : 1) * (config as { steps: number }).steps;
    const total = all.reduce((sum, run) => sum + cost(run), 0);
    progress.start({ name: "toy", total: all.length, done: 0, runs: all, later: [] });
    const order = ["slow", "quick", "middling"].map((name) => all.filter(({ experiment }) => experiment === name));
    const turns = order[1].flatMap((_, place) => order.flatMap((own) => own.slice(place, place + 1)));
    const ratios: number[] = [];
    for (const run of turns) {
      progress.advanced(run, 0);
      time.now += cost(run);
      written.length = 0;
      progress.ended(run, undefined, {});
      const [, words] = written.at(-1)?.match(/about (.+) left/) ?? [];
      if (time.now > total / 10 && words !== undefined && total - time.now > 1) {
        ratios.push(secondsIn(words) / (total - time.now));
      }
    }
    expect(ratios.length).toBeGreaterThan(5);
    expect(Math.max(...ratios)).toBeLessThan(1.5);
    expect(Math.min(...ratios)).toBeGreaterThan(1 / 1.5);
  });

  it("is said in two units at most", () => {
    const said = [0.2, 45, 59.4, 60, 130, 3599, 12_000, 86_000, 190_000].map(duration);
    expect(said).toEqual(["1 s", "45 s", "59 s", "1 min", "2 min 10 s", "1 h", "3 h 20 min", "1 d", "2 d 5 h"]);
  });
});

const units: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };
const secondsIn = (words: string) =>
  [...words.matchAll(/(\d+) (\w+)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
