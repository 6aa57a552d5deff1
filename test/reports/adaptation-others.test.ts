import { describe, expect, it } from "vitest";
import { rlTables } from "../../agents/tables.js";
import { changeText, firstChange } from "../../reports/adaptation/change-text.js";
import { others } from "../../reports/adaptation/others.js";
import { cellsOf, compare, othersNeeds } from "../../reports/adaptation/others-measures.js";
import { completed, finishedRun, finishedStudy } from "./finished-run.js";

const at = (parameter: string, steps: number[], values: number[]) => ({
  parameter,
  schedule: { name: "at" as const, steps },
  update: { name: "cycle" as const, values },
});
const smooth = {
  parameter: "length",
  schedule: { name: "always" as const },
  update: { name: "linear" as const, to: 0.0625, over: 100 },
};

describe("a change in words", () => {
  it("names what drifts, and to what", () => {
    expect(changeText([at("forceMag", [100], [-10]), at("rewardScale", [100], [0.1])])).toBe(
      "force flips and reward × 0.1",
    );
    expect(changeText([at("actionPermutation", [100], [5])])).toBe("actions permuted");
    expect(changeText([at("length", [10, 20], [0.5, 0.25])])).toBe("length → 0.25 in 2 steps");
    expect(changeText([smooth])).toBe("length → 0.0625 smoothly");
  });

  it("begins with the first step, or at once", () => {
    expect(firstChange([at("length", [30, 40], [1, 2]), at("gravity", [20], [5])])).toBe(20);
    expect(firstChange([smooth])).toBe(0);
  });
});

const noise = [-3, 1, 4, -2, 0, 2, -1, -1];

interface Setting {
  readonly id: string;
  readonly agent: { readonly name: string; readonly maxGradientNorm?: number | null };
  readonly drift: readonly unknown[];
}

/** Returns `before` until step 400, then `after`; an episode ends at every tenth step of a thousand. */
function run({ id, agent, drift }: Setting, optimizer: object, after: number, seed: number, before = 1000) {
  const step = Array.from({ length: 100 }, (_, i) => 10 * (i + 1));
  const returns = step.map((clock) => (clock <= 400 ? before : after));
  const episodes = completed(rlTables.episodes, { step, return: returns, length: returns });
  const config = { env: { id, drift }, agent, optimizer: { lr: 0.01, ...optimizer }, steps: 1000 };
  return finishedRun({ config, seed, tables: { episodes } });
}

const flip: Setting = {
  id: "CartPole-v1",
  agent: { name: "a2c", maxGradientNorm: null },
  drift: [at("forceMag", [400], [-10])],
};
const bandit: Setting = {
  id: "GaussianBandit-v0",
  agent: { name: "gradientBandit" },
  drift: [at("actionPermutation", [400], [3_628_799]), at("rewardScale", [400], [0.1])],
};
const over = (setting: Setting, optimizer: object, centre: number, unit: number, shift = 0) =>
  noise.map((_, seed) => run(setting, optimizer, centre + unit * noise[(seed + shift) % 8], seed + 1));
const checked = (runs: ReturnType<typeof run>[]) =>
  runs.map((one) => ({ ...one, config: othersNeeds.parse(one.config) }));

describe("long and short memory in other settings", () => {
  it("are scored by the return after the change, undone of the reward's scale, from random to best", async () => {
    const [cell] = await cellsOf(checked([run(bandit, { name: "rmsprop", rho: 0.9 }, 0.09, 1)]));
    expect(cell.scores[0]).toBeCloseTo(1, 12);
    expect(cell).toMatchObject({ clip: undefined, decay: 0.9, change: "actions permuted and reward × 0.1" });
  });

  it("do not count the first fifth of a run, in which the agent learns from scratch", async () => {
    const early = { ...flip, drift: [smooth] };
    const [cell] = await cellsOf(checked([run(early, { name: "rmsprop", rho: 0.9 }, 500, 1, 22)]));
    // Of the eight hundred steps after 200 the first two hundred are at the return of a random policy.
    expect(cell.scores[0]).toBeGreaterThan(0.7);
    expect(cell.scores[0]).toBeLessThan(0.8);
  });

  it("are compared within each setting and optimizer, with Holm's p over all", async () => {
    const all = await cellsOf(
      checked([
        ...over(flip, { name: "rmsprop", rho: 0.9 }, 400, 1),
        ...over(flip, { name: "rmsprop", rho: 0.999 }, 200, 1, 3),
        ...over(flip, { name: "adam", beta2: 0.9 }, 300, 1),
        ...over(flip, { name: "adam", beta2: 0.999 }, 300, 1, 3),
      ]),
    );
    const [rmsprop, adam] = compare(all);
    expect(rmsprop.difference.estimate).toBeCloseTo(-200 / 478, 2);
    expect(rmsprop.p).toBeLessThan(1e-6);
    expect(adam).toMatchObject({ p: 1, short: { decay: 0.9, optimizer: "adam" } });
  });
});

describe("the experiment with others", () => {
  const shorter = [
    ...over(flip, { name: "rmsprop", rho: 0.9 }, 400, 1),
    ...over(flip, { name: "rmsprop", rho: 0.999 }, 200, 1, 3),
  ];
  const untold = [
    ...over(flip, { name: "adam", beta2: 0.9 }, 300, 1),
    ...over(flip, { name: "adam", beta2: 0.999 }, 300, 1, 3),
  ];
  const longer = [
    ...over(bandit, { name: "rmsprop", rho: 0.9 }, 0.05, 0.001),
    ...over(bandit, { name: "rmsprop", rho: 0.999 }, 0.08, 0.001, 3),
  ];
  const find = (experiments: Parameters<typeof finishedStudy>[0]) => others.find(finishedStudy(experiments));

  it("says where each memory wins, and what could not be told", async () => {
    const found = await find({ others: shorter, bandits: longer, adam: untold });
    expect(found.verdicts[0].verdict).toBe("depends");
    expect(found.verdicts[0].because).toMatch(
      /A2C on CartPole, force flips, clipping none −41\.8 .*; gradient bandit .*1 of 3 could not be told/,
    );
    expect(found.sections[0].figure?.title).toContain("better in 1, a short one in 1; 1 cannot be told");
    expect(found.effects?.map(({ difference }) => Math.sign(Math.round(difference.estimate)))).toEqual([-1, 1, 0]);
  });

  it("tells a curriculum apart, under the same adjustment", async () => {
    const rising = { ...flip, drift: [smooth] };
    const followed = [
      ...over(rising, { name: "rmsprop", rho: 0.9 }, 200, 1),
      ...over(rising, { name: "rmsprop", rho: 0.999 }, 400, 1, 3),
    ];
    const found = await find({ others: [...shorter, ...followed], bandits: [], adam: untold });
    expect(found.verdicts.map(({ verdict }) => verdict)).toEqual(["depends", "false"]);
    expect(found.verdicts[1].because).toContain("Holm's p over 3");
  });

  it("is false where only long memories win, and tells nothing where nothing is beyond chance", async () => {
    expect((await find({ others: [], bandits: longer, adam: untold })).verdicts[0].verdict).toBe("false");
    expect((await find({ others: [], bandits: [], adam: untold })).verdicts[0].verdict).toBe("not distinguishable");
  });
});
