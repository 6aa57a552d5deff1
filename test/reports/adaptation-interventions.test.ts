import { describe, expect, it } from "vitest";
import { adamRel } from "../../reports/adaptation/adam-rel.js";
import { dose } from "../../reports/adaptation/dose.js";
import { dosesOf, responseOf } from "../../reports/adaptation/dose-measures.js";
import { comparisons, forgetting, learnersOf } from "../../reports/adaptation/forgetting.js";
import { interventions } from "../../reports/adaptation/interventions.js";
import { armsOf, cures } from "../../reports/adaptation/interventions-measures.js";
import { updatesLost } from "../../src/theory/bandit-recovery.js";
import { cartpoleRun, drift } from "./cartpole-run.js";
import { finishedStudy } from "./finished-run.js";

const flip = [drift("forceMag", [1000], [-10])];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const noise = (seed: number) => 3 * Math.sin(7 * seed);

const kinds: Record<string, Parameters<typeof cartpoleRun>[0]["interventions"]> = {
  alone: undefined,
  reset: [{ at: "change", after: 500, do: "resetSquareAverage" }],
  regularly: [{ at: { every: 300 }, do: "resetSquareAverage" }],
  restart: [{ at: "change", do: "restart" }],
  frozen: [{ at: "change", do: "freeze" }],
};
const armRuns = (after: (kind: string, rho: number) => number) =>
  [0.9, 0.999].flatMap((rho) =>
    Object.entries(kinds).flatMap(([kind, done]) =>
      seeds.map((seed) =>
        cartpoleRun({
          ...{ seed, optimizer: { rho }, drift: flip, interventions: done },
          length: (step) => noise(seed) + (step <= 1000 ? 400 : after(kind, rho)),
        }),
      ),
    ),
  );

describe("interventions in the adaptation report", () => {
  const curing = armRuns((kind, rho) => (rho === 0.9 || kind === "reset" || kind === "regularly" ? 300 : 100));

  it("are told in words, the learner left alone first", async () => {
    const arms = await armsOf(curing);
    expect(arms.slice(5).map(({ rho, words }) => [rho, words])).toEqual([
      [0.999, "left alone"],
      [0.999, "v reset 500 steps after the change"],
      [0.999, "v reset every 300 steps"],
      [0.999, "restarted at the change"],
      [0.999, "frozen at the change"],
    ]);
  });

  it("gain over the learner left alone with the same memory; a frozen policy is no cure", async () => {
    const found = cures(await armsOf(curing));
    expect(found.map(({ arm, gain }) => [arm.rho, Math.round(gain.difference.estimate)])).toEqual([
      ...[0, 0, 0].map((gain) => [0.9, gain]),
      ...[200, 200, 0].map((gain) => [0.999, gain]),
    ]);
    expect(found[3].gain.p).toBeLessThan(1e-6);
  });

  it("name memory as the cause where forgetting it helps, and not where it does not", async () => {
    const find = async (runs: typeof curing) =>
      (await interventions.find(finishedStudy({ interventions: runs }))).verdicts.map(({ verdict }) => verdict);
    expect(await find(curing)).toEqual(["true", "not distinguishable"]);
    expect(await find(armRuns((kind) => (kind === "reset" ? 300 : 100)))).toEqual(["depends", "not distinguishable"]);
    expect(await find(armRuns((kind) => (kind === "alone" ? 300 : 100)))).toEqual(["false", "true"]);
    expect(await find(armRuns((kind) => (kind === "restart" ? 300 : 100)))).toEqual(["not distinguishable", "false"]);
  });

  it("give a curve to every arm and end it where the watching ends", async () => {
    const { sections } = await interventions.find(finishedStudy({ interventions: curing }));
    const panels = sections[0].figure?.panels ?? [];
    expect(panels.map(({ series }) => series.length)).toEqual([5, 5]);
    for (const { series } of panels) {
      for (const one of series) if (one.kind === "line") expect(one.points.at(-1)?.x).toBe(1000);
    }
  });
});

describe("dose and response", () => {
  const runs = [0.9, 0.99, 0.999].flatMap((rho, k) =>
    seeds.map((seed) =>
      cartpoleRun({
        ...{ seed, optimizer: { rho }, drift: flip, steps: 120_000 },
        length: (step) => noise(seed) + (step <= 1000 ? 450 : step <= 4000 * (k + 1) ? 50 : 450),
        gradient: (step) => (step <= 1000 ? 4 : step <= 3000 ? 200 : 2),
      }),
    ),
  );

  it("is the steps lost to the spike's memory, set at the shortest one", async () => {
    const doses = await dosesOf(runs);
    expect(doses.map(({ memory }) => Math.round(memory))).toEqual([200, 2000, 20_000]);
    expect(doses[0].predicted).toBeCloseTo(doses[0].time.estimate, 8);
    const lost = (rho: number) => 20 * updatesLost(rho, 0.01);
    expect(doses[1].predicted - doses[0].predicted).toBeCloseTo(lost(0.99) - lost(0.9), 6);
    expect(doses[2].predicted).toBe(doses[2].watched);
    expect(responseOf(doses).high).toBeLessThan(-0.5);
  });

  it("is true where longer memories score less", async () => {
    const { verdicts, sections } = await dose.find(finishedStudy({ dose: runs }));
    expect(verdicts[0].verdict).toBe("true");
    expect(sections[0].figure?.title).toContain("no clipping, force flips");
  });
});

describe("Adam-Rel", () => {
  it("is compared with Adam over the same seeds", async () => {
    const runs = ["adamRel", "adam"].flatMap((name) =>
      seeds.map((seed) =>
        cartpoleRun({
          ...{ seed, optimizer: { name, beta2: 0.999 }, drift: flip },
          length: (step) => noise(seed) + (step <= 1000 ? 400 : name === "adam" ? 100 : 150),
        }),
      ),
    );
    const { verdicts, explanations } = await adamRel.find(finishedStudy({ adamRel: runs }));
    expect(verdicts[0].verdict).toBe("true");
    expect(explanations?.[0]).toContain("gains 50 [50, 50]");
  });
});

describe("what is forgotten", () => {
  const there: [ReturnType<typeof drift<[number, number]>>] = [drift("forceMag", [1000, 2000], [-10, 10])];
  const runs = (forgotten: (rho: number, clip: number | null) => number) =>
    [null, 0.5].flatMap((clip) =>
      [0.9, 0.999].flatMap((rho) =>
        [true, false].flatMap((frozen) =>
          seeds.map((seed) =>
            cartpoleRun({
              ...{ seed, clip, optimizer: { rho }, drift: there, steps: 3000 },
              ...(frozen && { interventions: [{ at: 1000, do: "freeze" as const }] }),
              length: (step) =>
                noise(seed) + (step <= 1000 ? 400 : step <= 2000 ? 60 : frozen ? 400 : 400 - forgotten(rho, clip)),
            }),
          ),
        ),
      ),
    );

  it("is what the same agent, frozen before the change, has kept", async () => {
    const learners = await learnersOf(runs((rho) => (rho === 0.9 ? 100 : 300)));
    expect(learners.map(({ clip, rho, forgotten }) => [clip, rho, Math.round(forgotten[0])])).toEqual([
      [null, 0.9, 100],
      [null, 0.999, 300],
      [0.5, 0.9, 100],
      [0.5, 0.999, 300],
    ]);
    for (const { difference } of comparisons(learners)) expect(difference.estimate).toBeCloseTo(200, 6);
  });

  it.each([
    ["true", (rho: number) => (rho === 0.9 ? 100 : 300)],
    ["false", (rho: number) => (rho === 0.9 ? 300 : 100)],
    ["depends", (rho: number, clip: number | null) => ((rho === 0.9) === (clip === null) ? 300 : 100)],
    ["not distinguishable", () => 100],
  ] as const)("makes the verdict %s", async (expected, forgotten) => {
    const { verdicts } = await forgetting.find(finishedStudy({ forgetting: runs(forgotten) }));
    expect(verdicts[0].verdict).toBe(expected);
  });
});
