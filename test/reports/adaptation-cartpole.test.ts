import { describe, expect, it } from "vitest";
import { cartpole } from "../../reports/adaptation/cartpole.js";
import { cellsOf, contrasts, scores, turns } from "../../reports/adaptation/cartpole-measures.js";
import { adaptationOf, changeAt, changeOf, meanTimeOf } from "../../reports/adaptation/cartpole-runs.js";
import { traces } from "../../reports/adaptation/trace-measures.js";
import { cartpoleRun, drift } from "./cartpole-run.js";
import { finishedStudy } from "./finished-run.js";

const flip = [drift("forceMag", [1000], [-10])];
const shrink = [...flip, drift("rewardScale", [1000], [0.1])];

describe("a run around its change", () => {
  const run = cartpoleRun({
    seed: 1,
    drift: flip,
    // Of the windows of 100 steps after the change 3 are at 10 and 7 at 500.
    length: (step) => (step <= 500 ? 20 : step <= 1000 ? 400 : step <= 1300 ? 10 : 500),
  });

  it("has a level before, a score after, and what a learner without a past would have", async () => {
    const { before, score, scratch, collapsed } = await adaptationOf(run, 1000);
    expect(score).toBeCloseTo((3 * 10 + 7 * 500) / 10, 10);
    // The level is that of the whole time before: it is shorter than the time over which it is taken.
    expect(before).toBeCloseTo(210, 10);
    expect(scratch).toBeCloseTo(210, 10);
    expect(collapsed).toBe(false);
  });

  it("recovers where 20 episodes in a row reach the reference, of those that began after the change", async () => {
    const { first, time } = await adaptationOf(run, 1000);
    expect(first).toBe(10);
    // Episodes of 500 steps of two copies that end before step 2000 began before the change: none counts.
    expect(time).toEqual({ time: 1000, observed: false });
    const short = cartpoleRun({ seed: 1, drift: flip, steps: 20_000, length: (step) => (step <= 1300 ? 10 : 500) });
    const found = await adaptationOf(short, 1000);
    // 500 n + 10 (20 − n) ≥ 400 · 20 from n = 16 on: eight pairs, the first of which end at step 2000.
    expect(found.time).toEqual({ time: 1140, observed: true });
  });

  it("has collapsed where the last tenth is shorter than a random policy's", async () => {
    const fallen = cartpoleRun({ seed: 1, drift: flip, length: (step) => (step <= 1900 ? 500 : 9) });
    expect((await adaptationOf(fallen, 1000)).collapsed).toBe(true);
  });
});

/** Score after the change by clip and ρ; without one 400. Seeds differ by what they share. */
function runsOf(after: (clip: number | null, rho: number, change: string) => number) {
  const runs = [];
  for (const clip of [null, 0.5]) {
    for (const rho of [0.9, 0.999]) {
      for (const changes of [[], flip, shrink]) {
        for (let seed = 1; seed <= 8; seed++) {
          const noise = 3 * Math.sin(7 * seed);
          const change = changeOf({ env: { copies: 2, drift: changes } });
          const length = (step: number) =>
            noise + (step <= 1000 || changes.length === 0 ? 400 : after(clip, rho, change));
          runs.push(cartpoleRun({ seed, clip, optimizer: { rho }, drift: changes, length, gradient: () => 2 }));
        }
      }
    }
  }
  return runs;
}

describe("memories compared on CartPole", () => {
  const reversing = runsOf((clip, rho) => (rho === 0.9 ? 300 : clip === null ? 100 : 350));

  it("are measured against the same agent and seed without a change", async () => {
    const cells = await cellsOf(reversing);
    expect(changeAt(reversing)).toBe(1000);
    expect(cells.length).toBe(12);
    const cell = cells.find(({ rho, clip, change }) => rho === 0.999 && clip === null && change === "force flips");
    for (const net of cell?.net ?? []) expect(net).toBeCloseTo(-300, 8);
    expect(cell && scores(cell)[0]).toBeCloseTo(100 + 3 * Math.sin(7), 8);
    expect(cell && meanTimeOf(cell.seeds, cell.watched)).toEqual({ estimate: 1000, low: 1000, high: 1000 });
    const clipped = cells.map((one) => [one.clip, one.clipped]);
    expect(clipped).toEqual(clipped.map(([clip]) => [clip, clip === null ? 0 : 1]));
  });

  it("differ by the longest minus the shortest, and p is Holm's over changes and clips", async () => {
    const found = contrasts(await cellsOf(reversing));
    expect(found.map(({ clip, change }) => [clip, change])).toEqual([
      [null, "force flips"],
      [null, "force flips and reward × 0.1"],
      [0.5, "force flips"],
      [0.5, "force flips and reward × 0.1"],
    ]);
    expect(found[0].net.difference.estimate).toBeCloseTo(-200, 6);
    expect(found[2].plain.difference.estimate).toBeCloseTo(50, 6);
    expect(found[0].net.p).toBeLessThan(1e-6);
  });

  it("say what the clip adds to a long memory's advantage, a difference of differences", async () => {
    const found = turns(contrasts(await cellsOf(reversing)));
    expect(found.map(({ clip, change }) => [clip, change])).toEqual([
      [0.5, "force flips"],
      [0.5, "force flips and reward × 0.1"],
    ]);
    // (350 − 300) − (100 − 300)
    expect(found[0].gained.difference.estimate).toBeCloseTo(250, 6);
    expect(found[0].gained.p).toBeLessThan(1e-6);
  });

  it("give a verdict that depends on the clip where the sign turns, and on nothing where it does not", async () => {
    const find = (runs: ReturnType<typeof runsOf>) => cartpole.find(finishedStudy({ cartpole: runs }));
    const turned = await find(reversing);
    expect(turned.verdicts.map(({ verdict }) => verdict)).toEqual(["depends", "true", "true"]);
    expect(turned.effects?.map(({ difference }) => Math.sign(difference.estimate))).toEqual([-1, -1, 1, 1]);
    const worse = await find(runsOf((_, rho) => (rho === 0.9 ? 300 : 100)));
    const nothing = "not distinguishable";
    expect(worse.verdicts.map(({ verdict }) => verdict)).toEqual(["true", nothing, nothing]);
    const better = await find(runsOf((_, rho) => (rho === 0.9 ? 100 : 300)));
    expect(better.verdicts[0].verdict).toBe("false");
    const same = await find(runsOf(() => 300));
    expect(same.verdicts[0].verdict).toBe("not distinguishable");
  });
});

describe("the trace of the optimizer", () => {
  it("is that of the change which shrinks the reward, and says what is left of the step late after it", async () => {
    const runs = [flip, shrink].flatMap((changes) =>
      [1, 2, 3].map((seed) =>
        cartpoleRun({
          seed,
          drift: changes,
          steps: 200_000,
          length: () => 100,
          gradient: (step) => (step <= 1000 ? 4 : step <= 51_000 ? 8 : 1),
        }),
      ),
    );
    const [trace, ...others] = await traces(runs);
    expect(others).toEqual([]);
    expect(trace.change).toBe("force flips and reward × 0.1");
    expect(trace.stepLeft.estimate).toBeCloseTo(0.25, 8);
    const { gradientNorm } = trace.curves;
    expect(gradientNorm.find(({ since }) => since < 0)?.median).toBe(4);
    expect(gradientNorm.find(({ since }) => since > 1000)).toMatchObject({ low: 8, median: 8, high: 8 });
  });
});
