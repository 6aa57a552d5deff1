import { describe, expect, it } from "vitest";
import { type MinorityOptions, minority } from "../../src/problems/minority.js";
import { problemTask } from "../../src/problems/task.js";
import { Streams } from "../../src/rng/streams.js";
import { record } from "../record.js";

const options = (changes: Partial<MinorityOptions> = {}): MinorityOptions => ({
  name: "minority",
  share: 0.2,
  weighting: "plain",
  features: 2,
  batch: 32,
  ...changes,
});
const create = (changes: Partial<MinorityOptions> = {}) => minority(options(changes), new Streams(1));
const observed = (game: ReturnType<typeof create>) => {
  const out = new Float64Array(3);
  game.observe(out);
  return Array.from(out);
};

describe("the regression on a majority and a minority", () => {
  it.each(["plain", "balanced"] as const)("has the gradient of its loss on the batch, weighted %s", (weighting) => {
    const game = create({ weighting });
    const start = [0.3, -0.2, 0.5, 0.1];
    game.players[0].parameters.set(start);
    game.gradient(0);
    start.forEach((_, k) => {
      const [above, below] = [1e-5, -1e-5].map((change) => {
        const moved = create({ weighting });
        moved.players[0].parameters.set(start.with(k, start[k] + change));
        return moved.gradient(0);
      });
      expect(game.players[0].gradients[k]).toBeCloseTo((above - below) / 2e-5, 8);
    });
  });

  it.each(["plain", "balanced"] as const)(
    "observes the loss that batches have on average, weighted %s",
    (weighting) => {
      const game = create({ weighting, batch: 100_000 });
      game.players[0].parameters.set([0.8, 1.1, 0.2, 0.4]);
      expect(game.gradient(0)).toBeCloseTo(observed(game)[0], 2);
    },
  );

  it("has all of each group's excess left at the start, none at the best, and more anywhere else", () => {
    const game = create();
    for (const excess of observed(game).slice(1)) expect(excess).toBeCloseTo(1, 12);
    game.players[0].parameters.set([1, 1, 1, 1]);
    for (const excess of observed(game).slice(1)) expect(excess).toBeCloseTo(0, 12);
    game.players[0].parameters.set([1.1, 1, 1, 0.9]);
    for (const excess of observed(game).slice(1)) expect(excess).toBeGreaterThan(1e-4);
  });

  it("moves the same way under RMSprop whether the minority is weighted up or not, where ε is 0", async () => {
    const run = async (weighting: string) => {
      const optimizer = { name: "rmsprop", lr: 0.01, eps: 0, biasCorrection: true };
      const problem = { name: "minority", share: 0.25, weighting, batch: 256 };
      return (await record(problemTask, { problem, optimizer, steps: 50 })).tables.metrics.excessMinority;
    };
    const [plain, balanced] = [await run("plain"), await run("balanced")];
    plain.forEach((excess, i) => {
      expect(balanced[i]).toBeCloseTo(excess, 10);
    });
  });
});
