import { describe, expect, it } from "vitest";
import { attacks, firstWithin } from "../../reports/chapters/attacks.js";
import { changes } from "../../reports/chapters/claims/architecture-ranking.js";
import { boundary, verdictOf as correctionVerdict } from "../../reports/chapters/claims/correction-network.js";
import { counts, verdictOf as normalizationVerdict } from "../../reports/chapters/claims/normalization.js";
import { compare, kindOf, verdictOf as landscapeVerdict } from "../../reports/chapters/claims/smooth-landscapes.js";
import { comparisons, verdictOf as spikeVerdict } from "../../reports/chapters/claims/spike-network.js";
import { earlyPhases, effects, firstStep, tunedEffects } from "../../reports/chapters/early-phase.js";
import { family, pText, toldSign } from "../../reports/chapters/family.js";
import { amplifications, progressOf, ratioLaw, timeTo } from "../../reports/chapters/group-progress.js";
import { agreements, lossesOf, rankChanges } from "../../reports/chapters/rankings.js";
import { prices, reliefs, surface } from "../../reports/chapters/sensitivity.js";
import { finishedRun } from "./finished-run.js";
import { rows } from "./problem-rows.js";

const told = (estimate: number, p: number) => ({
  seeds: 5,
  difference: { estimate, low: estimate - 1, high: estimate + 1 },
  p,
  detectable: 1,
});

describe("a family of comparisons", () => {
  it("adjusts by Holm, and tells a sign where p is at most 5 %", () => {
    const [clear, none] = family([
      [1, 1.1, 0.9, 1, 1.05],
      [1, -1, 0.5, -0.6, 0.1],
    ]);
    expect(clear.p).toBeLessThan(1e-4);
    expect(clear.difference.estimate).toBeCloseTo(1.01, 12);
    expect([toldSign(clear), toldSign(none)]).toEqual([1, 0]);
    const [alone] = family([[1, 1.1, 0.9, 1, 1.05]]);
    expect(clear.p).toBeCloseTo(2 * alone.p, 12);
  });

  it("tells nothing of one pair, and leaves out what is not finite", () => {
    const [one, gap] = family([[3], [1, Number.POSITIVE_INFINITY, 2]]);
    expect(one).toMatchObject({ seeds: 1, p: 1, difference: { estimate: 3 } });
    expect(gap.seeds).toBe(2);
    expect([pText(0.0004), pText(0.25)]).toEqual(["p < 0.001", "p = 0.25"]);
  });
});

describe("an adversarial batch", () => {
  const run = (attacked: boolean, seed: number, loss: number[]) =>
    finishedRun({
      seed,
      condition: { optimizer: "ρ = 0.9", "+attack": attacked ? "late" : "none" },
      config: {
        steps: loss.length,
        problem: attacked ? { adversarial: { at: [2] as [number], stretch: 10 } } : {},
        optimizer: { lr: 0.1, rho: 0.9 },
      },
      tables: rows({ loss, normalisedStep: loss.map((_, i) => (attacked && i === 1 ? 5 : 1)) }),
    });
  const calm = Array.from({ length: 102 }, () => 1);

  it("is measured against the undisturbed run of its seed", async () => {
    const hit = calm.map((value, i) => (i >= 2 && i < 22 ? value + 2 : value));
    const [found] = await attacks([run(false, 1, calm), run(true, 1, hit)]);
    expect(found).toMatchObject({ rho: 0.9, when: "late", at: 2 });
    expect(found.seeds[0]).toMatchObject({ jolt: 2, lost: 20, recovered: true, step: 5 });
    expect(found.excess.slice(0, 2)).toEqual([2, 2]);
  });

  it("has cost the rest of the run where the loss never comes back", async () => {
    const [found] = await attacks([
      run(false, 1, calm),
      run(
        true,
        1,
        calm.with(1, 9).map((x, i) => (i > 1 ? 2 : x)),
      ),
    ]);
    expect(found.seeds[0]).toMatchObject({ jolt: 1, lost: 100, recovered: false });
    expect(firstWithin(Array.from({ length: 60 }, () => 0))).toBe(0);
  });

  it("refuses the claim where the long memory is hit harder every time", async () => {
    const attack = (rho: number, jolts: number[]) => ({
      optimizer: `ρ = ${rho}`,
      rho,
      lr: 1,
      when: "late",
      at: 2,
      seeds: jolts.map((jolt, i) => ({ seed: i, jolt, lost: 10 * jolt, recovered: true, step: 1 })),
      excess: [],
    });
    const harder = comparisons([attack(0.999, [3, 3.1, 2.9, 3]), attack(0.5, [1, 1.2, 1, 0.9])]);
    expect(harder.map(({ measure }) => measure)).toEqual(["jolt", "lost"]);
    expect(spikeVerdict(harder)).toBe("false");
    const same = comparisons([attack(0.999, [3, 1, 2, 1]), attack(0.5, [1, 3, 1, 2])]);
    expect(spikeVerdict(same)).toBe("not distinguishable");
  });
});

describe("the price of a bad ρ", () => {
  const run = (seed: number, normalization: string, rho: number, score: number | null) =>
    finishedRun({
      seed,
      config: {
        problem: { network: { activation: "relu", normalization, hidden: [4] } },
        optimizer: { lr: 0.1, rho },
        score: { last: 1 },
      },
      summary: { score },
    });
  const cells = surface(
    [1, 2, 3, 4].flatMap((seed) => [
      run(seed, "none", 0.9, 1),
      run(seed, "none", 0.99, seed % 2 === 1 ? 5 : 3 + seed / 100),
      run(seed, "batch", 0.9, 2),
      run(seed, "batch", 0.99, seed % 2 === 1 ? 2.5 : 2.1),
    ]),
  );

  it("is judged on other seeds than those by which best and worst are chosen", () => {
    const [plain, batch] = prices(cells);
    expect(plain).toMatchObject({ normalization: "none", best: 0.9, worst: 0.99 });
    expect([...plain.costs.keys()]).toEqual([2, 4]);
    expect(plain.costs.get(2)).toBeCloseTo(2.02, 12);
    expect(batch.costs.get(4)).toBeCloseTo(0.1, 12);
  });

  it("is compared with that of the network without normalisation, by seed", () => {
    const [relief] = reliefs(prices(cells));
    expect(relief).toMatchObject({ normalization: "batch", lr: 0.1, seeds: 2 });
    expect(relief.difference.estimate).toBeCloseTo(0.1 - 2.03, 12);
    expect(toldSign(relief)).toBe(-1);
    expect(counts([relief], "batch")).toMatchObject({ settings: 1, more: [] });
    expect(normalizationVerdict([relief])).toBe("true");
    expect(normalizationVerdict([relief, { ...relief, ...told(1, 0.01) }])).toBe("depends");
  });

  it("counts a run that diverged as an infinite loss", () => {
    const [cell] = surface([run(1, "none", 0.9, null)]);
    expect(cell.losses.get(1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a minority", () => {
  const run = (optimizer: string, seed: number, minority: number[]) =>
    finishedRun({
      seed,
      condition: { optimizer },
      config: {
        steps: 4,
        problem: { share: 0.1, weighting: "plain" as const, batch: 32 },
        optimizer: { name: optimizer.toLowerCase(), lr: 1 },
      },
      tables: rows({ excessMajority: [0.6, 0.2, 0, 0], excessMinority: minority }),
    });

  it("has learned where its excess loss crosses a fifth, between rows", () => {
    expect(timeTo(Int32Array.of(10, 20), Float64Array.of(0.3, 0.1))).toBeCloseTo(15, 12);
    expect(timeTo(Int32Array.of(10, 20), Float64Array.of(0.1, 0.1))).toBe(10);
    expect(timeTo(Int32Array.of(10), Float64Array.of(0.3))).toBeNull();
  });

  it("is behind by the ratio of times, against SGD's ratio by seed", async () => {
    const found = await progressOf([
      run("SGD", 1, [1, 1, 1, 0.2]),
      run("SGD", 2, [1, 1, 1, 1]),
      run("RMSprop", 1, [1, 0.2, 0, 0]),
      run("RMSprop", 2, [1, 0.2, 0, 0]),
    ]);
    expect([...found[0].ratios.values()]).toEqual([2, 2]);
    expect(found[1].gap[0]).toBeCloseTo(0.4, 12);
    const [against] = amplifications(found);
    expect(against.optimizer).toBe("RMSprop");
    expect(against.difference.estimate).toBeCloseTo(-Math.log(2), 12);
  });

  it("is as many times slower as the law says: by its share under SGD, not at all where weights make up for it", () => {
    const at = (share: number, weighting: "plain" | "balanced") => ({ share, weighting, batch: 32 });
    expect(ratioLaw(at(0.1, "plain"), false)).toBeCloseTo(9, 12);
    expect(ratioLaw(at(0.1, "balanced"), false)).toBeCloseTo(1, 12);
    expect(ratioLaw(at(0.1, "balanced"), true)).toBeCloseTo(ratioLaw(at(0.1, "plain"), true), 12);
    // With single samples the root of the mean square is that of the share: √(0.9/0.1).
    expect(ratioLaw({ ...at(0.1, "plain"), batch: 1 }, true)).toBeCloseTo(3, 12);
  });
});

describe("rankings of networks", () => {
  const run = (optimizer: string, seed: number, width: number, score: number | null) =>
    finishedRun({
      seed,
      condition: { optimizer },
      config: {
        problem: {
          data: { name: "moons" },
          network: { hidden: [width, 2], activation: "relu", normalization: width === 8 ? "layer" : "none" },
        },
        optimizer: { name: optimizer.toLowerCase(), lr: 1 },
      },
      summary: { score },
    });
  const under = (optimizer: string, scores: readonly (number | null)[]) =>
    [1, 2, 3, 4].flatMap((seed) =>
      scores.map((score, k) => run(optimizer, seed, [4, 8, 16][k], score === null ? null : score + seed / 1000)),
    );

  it("are compared with SGD's, and what turns round by every seed is told", () => {
    const [found] = agreements(lossesOf([...under("SGD", [1, 2, 3]), ...under("Adam", [3, 2, null])]));
    expect(found.sgd.networks).toEqual(["4-2 relu", "8-2 relu, layer", "16-2 relu"]);
    expect(found.tau.estimate).toBeCloseTo(1 / 3, 12);
    expect([found.within, found.between]).toEqual([1, expect.closeTo(1 / 3, 12)]);
    expect(found.flips).toMatchObject([{ first: "4-2 relu", second: "8-2 relu, layer" }]);
    // SGD's best network costs Adam 3 − 2.
    expect(found.regret.estimate).toBeCloseTo(1, 12);
    expect(changes(found)).toBe(true);
  });

  it("of one optimizer agree with themselves as far as its seeds do", () => {
    const [same] = agreements(lossesOf([...under("SGD", [1, 2, 3]), ...under("Adam", [10, 20, 30])]));
    expect(same).toMatchObject({ within: 1, between: 1, flips: [] });
    expect(changes(same)).toBe(false);
    const [noise] = rankChanges(
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    );
    expect(noise).toEqual({ within: -1, between: -1 });
  });
});

describe("landscapes", () => {
  const network = (hidden: number[], initialScale = 1) => ({
    name: "classification" as const,
    initialScale,
    network: { hidden },
  });
  const config = (problem: ReturnType<typeof network> | { name: "quadratic" }, name = "sgd") => ({
    problem,
    optimizer: { name, lr: 1 },
  });

  it("are convex, networks, or networks near a saddle, by their configuration", () => {
    const problems = [{ name: "quadratic" as const }, network([]), network([4]), network([4], 0.1)];
    expect(problems.map((problem) => kindOf(config(problem)))).toEqual(["convex", "convex", "network", "saddle"]);
  });

  it("are compared by the ln of losses by seed; SGD must win on the smooth and lose near saddles", () => {
    const run = (problem: ReturnType<typeof network>, name: string, seed: number, score: number) =>
      finishedRun({
        seed,
        condition: { problem: String(problem.initialScale), optimizer: name },
        config: config(problem, name),
        summary: { score },
      });
    const all = (smooth: number, saddle: number) =>
      compare(
        [1, 2, 3].flatMap((seed) => [
          run(network([]), "sgd", seed, 1),
          run(network([]), "adam", seed, smooth * (1 + seed / 100)),
          run(network([4], 0.1), "sgd", seed, 1),
          run(network([4], 0.1), "adam", seed, saddle * (1 + seed / 100)),
        ]),
      );
    const [smooth] = all(2, 0.5);
    expect(smooth).toMatchObject({ kind: "convex", optimizer: "adam", seeds: 3 });
    expect(smooth.difference.estimate).toBeCloseTo(
      -Math.log(2) - (Math.log(1.01) + Math.log(1.02) + Math.log(1.03)) / 3,
    );
    expect(landscapeVerdict(all(2, 0.5))).toBe("true");
    expect(landscapeVerdict(all(0.5, 0.5))).toBe("depends");
    expect(landscapeVerdict(all(0.5, 2))).toBe("false");
  });
});

describe("the first steps of a network", () => {
  const run = (seed: number, lr: number, biasCorrection: boolean, loss: number[]) =>
    finishedRun({
      seed,
      config: { steps: 3, optimizer: { lr, rho: 0.99, biasCorrection } },
      tables: rows({ loss }),
    });
  /** Without correction the loss is `plain` times as large at each η, with a little noise. */
  const all = async (plain: readonly number[]) =>
    earlyPhases(
      [1, 2, 3, 4].flatMap((seed) =>
        plain.flatMap((factor, k) => [
          run(seed, 0.01 * (k + 1), false, [9, factor * (1 + seed / 100), 0]),
          run(seed, 0.01 * (k + 1), true, [9, 1, 0]),
        ]),
      ),
    );

  it("have a mean loss and a largest loss after the first batch; a run that ends early has neither", async () => {
    const [whole, early] = await earlyPhases([run(1, 0.1, true, [9, 2, 1]), run(2, 0.1, true, [9, 2])]);
    expect(whole).toMatchObject({ corrected: true, loss: 4, peak: 2 });
    expect(early).toMatchObject({ loss: Number.POSITIVE_INFINITY, peak: Number.POSITIVE_INFINITY });
  });

  it("are compared without correction and with, over η/√(1 − ρ), beyond which correction helps", async () => {
    const found = effects(await all([0.5, 2])).filter(({ measure }) => measure === "peak");
    expect(found.map(toldSign)).toEqual([-1, 1]);
    expect(firstStep(found[0])).toBeCloseTo(0.1, 12);
    expect(boundary(found)?.without).toBeCloseTo(0.1, 12);
    expect(boundary(found)?.from).toBeCloseTo(0.2, 12);
    expect(boundary(found.slice(0, 1))).toBeNull();
    expect([found, found.slice(1), found.slice(0, 1)].map(correctionVerdict)).toEqual(["depends", "true", "false"]);
  });

  it("are compared at each one's best η, chosen by odd seeds and judged by even ones", async () => {
    const [found] = tunedEffects(await all([0.5, 2]));
    expect(found).toMatchObject({ rho: 0.99, plainLr: 0.01, correctedLr: 0.01, seeds: 2 });
    const ratio = (seed: number) => (9 + 0.5 * (1 + seed / 100)) / 10;
    expect(found.difference.estimate).toBeCloseTo((Math.log(ratio(2)) + Math.log(ratio(4))) / 2, 12);
  });
});
