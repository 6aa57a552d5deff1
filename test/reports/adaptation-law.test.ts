import { describe, expect, it } from "vitest";
import { recoveries } from "../../reports/adaptation/law-measures.js";

describe("the recovery of a bandit's learners", () => {
  it("is counted from the move of the target, with the median's interval by ranks", async () => {
    const share = (step: number) => Math.max(0, Math.min(1, (step - 60) / 100));
    const recovered = Float64Array.from({ length: 300 }, (_, i) => share(i + 1));
    const step = Int32Array.from(recovered, (_, i) => i + 1);
    const run = {
      table: async () => ({ step, recovered, distance: recovered, normalisedStep: recovered }),
      config: {
        problem: { batch: 16, deviation: 1, replicates: 400, scaleAt: 20, scale: 1, delay: 10, move: 3, within: 0.5 },
        optimizer: { rho: 0.9, lr: 0.02, onChange: "keep" },
      },
    };
    const [found] = await recoveries([run] as never);
    expect(found.median).toBe(110 - 30);
    expect([found.low, found.high]).toEqual([110 - 4 - 30 - 0, 115 - 30]);
    expect(found.predicted).toBe(143);
  });
});
