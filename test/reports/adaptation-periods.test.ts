import { describe, expect, it } from "vitest";
import { rlTables } from "../../agents/tables.js";
import { periods } from "../../reports/adaptation/periods.js";
import {
  type Cell,
  contrasts,
  interactions,
  type Kind,
  matched,
  matchingPays,
  periodsNeeds,
  type RegretMap,
  regretMaps,
  ridgeOf,
} from "../../reports/adaptation/periods-measures.js";
import { completed, finishedRun, finishedStudy } from "./finished-run.js";

const spread = [-3, 1, 4, -2, 0, 2, -1, -1];
const rhos = [0.9, 0.99, 0.999];
const memories = [800, 8000, 80_000];

/** A map whose regret is that of `regret(period, memory)`, with noise over the seeds. */
function mapOf(regret: (period: number, memory: number) => number, kind: Kind = "flips", noise = 1): RegretMap {
  const all = [800, 8000, 80_000];
  const cell = (period: number, k: number): Cell => ({
    ...{ kind, clip: null, period, rho: rhos[k], memory: memories[k], lr: 0.001 },
    regrets: spread.map(
      (_, seed) => regret(period, memories[k]) + noise * spread[(seed + 3 * k + all.indexOf(period)) % spread.length],
    ),
  });
  return { kind, clip: null, periods: all, memories, cells: all.map((period) => rhos.map((_, k) => cell(period, k))) };
}
const distance = (period: number, memory: number) => 100 * Math.abs(Math.log10(memory / period));

describe("the ridge of a map of regret", () => {
  it("has exponent 1 where the memory that equals the period is the best, and is sure of it", () => {
    const { best, exponent, shares } = ridgeOf(mapOf(distance), 0.95);
    expect(best).toEqual([0, 1, 2]);
    expect(exponent.low).toBeCloseTo(1, 12);
    expect(exponent.high).toBeCloseTo(1, 12);
    expect(shares.map((row) => row[row.indexOf(Math.max(...row))])).toEqual([1, 1, 1]);
  });

  it("has exponent 0 where one memory is the best at every period", () => {
    expect(
      ridgeOf(
        mapOf((_, memory) => memory / 1000),
        0.95,
      ).exponent,
    ).toEqual({ estimate: 0, low: 0, high: 0 });
  });

  it("is unsure where the noise of the seeds is larger than what the memory changes", () => {
    const { exponent, shares } = ridgeOf(
      mapOf((_, memory) => memory / 1e6, "flips", 100),
      0.95,
    );
    expect(exponent.high - exponent.low).toBeGreaterThan(0.5);
    expect(shares[0].filter((share) => share > 0.05).length).toBeGreaterThan(1);
    expect(shares[0].reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });

  it("is not known of fewer than five seeds", () => {
    const map = mapOf(distance);
    const few = map.cells.map((row) => row.map((cell) => ({ ...cell, regrets: cell.regrets.slice(0, 4) })));
    const { exponent } = ridgeOf({ ...map, cells: few }, 0.95);
    expect(exponent.estimate).toBeCloseTo(1, 12);
    expect([exponent.low, exponent.high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe("matching the memory to the period", () => {
  it("takes the memory nearest by ratio", () => {
    expect([100, 2000, 3000, 1e6].map((period) => matched(memories, period))).toEqual([0, 0, 1, 2]);
  });

  it("pays where regret grows with the distance between them, and costs where the shortest memory is best", () => {
    expect(matchingPays([mapOf(distance)]).every(({ difference }) => difference.high < 0)).toBe(true);
    const [shortest] = matchingPays([mapOf((_, memory) => memory / 1000)]);
    expect(shortest).toMatchObject({ against: "shortest" });
    expect(shortest.difference.low).toBeGreaterThan(0);
  });
});

describe("the longest against the shortest memory", () => {
  it("is a gain where the long one has less regret", () => {
    const found = contrasts([mapOf((_, memory) => -memory / 1000)]);
    expect(found).toHaveLength(3);
    for (const { difference, p } of found) {
      expect(difference.estimate).toBeCloseTo(79.2, 9);
      expect(p).toBeLessThan(1e-6);
    }
  });

  it("gains more from smooth than from sudden change where it suits smooth change", () => {
    const maps = [mapOf((_, memory) => memory / 1000), mapOf((_, memory) => -memory / 1000, "sine")];
    const [only, ...none] = interactions(maps);
    expect(none).toEqual([]);
    expect(only.difference.estimate).toBeCloseTo(2 * 79.2, 9);
  });
});

/** Episodes that return less the further the memory is from the period. */
function run(rho: number, period: number, kind: Kind, seed: number) {
  const step = Array.from({ length: 100 }, (_, i) => 10 * (i + 1));
  const result = 400 - distance(period, 80 / (1 - rho)) + spread[seed] + (rho > 0.95 ? spread[(seed + 3) % 8] : 0);
  const drift =
    kind === "flips"
      ? [{ schedule: { name: "every", period }, update: { name: "geometric", factor: -1 } }]
      : [{ schedule: { name: "always" }, update: { name: "sine", amplitude: 10, period: 2 * period } }];
  const env = { copies: 16, drift };
  const config = { env, agent: { maxGradientNorm: null, rollout: 5 }, optimizer: { rho, lr: 0.001 }, steps: 1000 };
  const episodes = completed(rlTables.episodes, { step, return: step.map(() => result), length: step.map(() => 1) });
  return finishedRun({ config, seed, tables: { episodes } });
}
const runs = (["flips", "sine"] as const).flatMap((kind) =>
  [800, 8000].flatMap((period) =>
    [0.9, 0.99].flatMap((rho) => [0, 1, 2, 3, 4, 5].map((seed) => run(rho, period, kind, seed))),
  ),
);

describe("the experiment with periods", () => {
  it("reads flips and the sine that crosses zero as often, and memories in environment steps", async () => {
    const maps = await regretMaps(runs.map((one) => ({ ...one, config: periodsNeeds.parse(one.config) })));
    expect(maps.map(({ kind }) => kind)).toEqual(["flips", "sine"]);
    for (const map of maps) {
      expect(map.periods).toEqual([800, 8000]);
      expect(map.memories[0]).toBeCloseTo(800, 9);
      expect(map.cells[1][0].regrets[4]).toBeCloseTo(500 - (400 - 100 + spread[4]), 9);
    }
  });

  it("finds the textbook true where it is, in both kinds of change", async () => {
    const found = await periods.find(finishedStudy({ periods: runs }));
    expect(found.verdicts[0]).toMatchObject({ verdict: "true" });
    expect(found.verdicts[1].because).toContain("Matching gains in 4, loses in 0");
    expect(found.verdicts[2]).toMatchObject({ verdict: "not distinguishable" });
    expect(found.effects).toHaveLength(4);
    expect(found.sections[0].figure?.title).toContain("to the power 1; the textbook's 1 is refuted in 0 of 2 maps");
  });
});
