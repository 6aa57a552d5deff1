import { describe, expect, it } from "vitest";
import { type Effect, overview } from "../../reports/adaptation/overview.js";
import { renderTable } from "../../reports/parts/render/markdown.js";

const effect = (parts: Partial<Effect>): Effect => ({
  agent: "A2C on CartPole",
  change: "force flips",
  clipping: "none",
  short: "ρ = 0.9",
  long: "ρ = 0.999",
  difference: { estimate: -200, low: -300, high: -100 },
  measure: "episode length",
  seeds: 20,
  p: 0.01,
  detectable: 140,
  ...parts,
});
const found = (effects: readonly Effect[], explanations: readonly string[] = []) => ({
  verdicts: [],
  sections: [],
  effects,
  explanations,
});

describe("the overview of the adaptation report", () => {
  const long = effect({ clipping: "norm 0.5", difference: { estimate: 40, low: 10, high: 70 } });
  const untold = effect({ change: "reward × 0.1", p: 0.2, detectable: 33 });

  it("names the memory that wins where it can be told, and what could have been seen where not", () => {
    const { content } = overview([
      found([effect({}), long]),
      { verdicts: [], sections: [] },
      found([untold], ["Why."]),
    ]);
    const [counts, table, why, rest] = content;
    expect(counts).toContain("Of 3 comparisons: ρ = 0.9 in 1, ρ = 0.999 in 1 and not told apart in 1");
    const rows = renderTable(table as Parameters<typeof renderTable>[0])
      .split("\n")
      .slice(2);
    expect(rows[0]).toContain(
      "| force flips | none | **ρ = 0.9** | −200 [−300, −100] | episode length | ρ = 0.999, ρ = 0.9 |",
    );
    expect(rows[1]).toContain("| norm 0.5 | **ρ = 0.999** | 40 [10, 70]");
    expect(rows[2]).toContain("| not told apart |");
    expect(why).toBe("- Why.");
    expect(rest).toContain(
      "1 of 3; in brackets the smallest effect that could have been seen: A2C on CartPole, reward × 0.1, clipping none (33, episode length)",
    );
  });

  it("says that nothing is left open where nothing is", () => {
    expect(overview([found([long])]).content.at(-1)).toContain("every difference is beyond chance");
  });
});
