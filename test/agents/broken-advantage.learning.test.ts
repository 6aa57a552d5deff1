import { expect, it, vi } from "vitest";
import type * as Advantages from "../../agents/advantages.js";
import { train } from "./train.js";

vi.mock("../../agents/advantages.js", async (original) => {
  const advantages = await original<typeof Advantages>();
  return {
    ...advantages,
    // Each entry gets the advantage of another one.
    generalisedAdvantages: (...parameters: Parameters<typeof Advantages.generalisedAdvantages>) => {
      advantages.generalisedAdvantages(...parameters);
      parameters[3].reverse();
    },
  };
});

it("fails the bars of agents.learning.test.ts with a broken advantage", () => {
  const { result } = train({ agent: { name: "ppo" } }, 1);
  expect(result.summary.meanReturnLast100).toBeLessThan(200);
});
