import { describe, expect, it } from "vitest";
import { lineProgress } from "../../src/cli/study-progress.js";

describe("a study's progress in a pipe", () => {
  it("is a line for every tenth of the runs, not for every run", () => {
    const lines: string[] = [];
    const progress = lineProgress((line) => lines.push(line));
    progress.start("toy", 40, 0);
    for (let runs = 1; runs <= 40; runs++) progress.finished(runs);
    progress.stop();
    expect(lines).toHaveLength(11);
    expect([lines[0], lines[1], lines[10]]).toEqual(["toy: 40 runs", "toy: 4/40 runs", "toy: 40/40 runs"]);
  });

  it("is a line for every run of a few, and says what was there before", () => {
    const lines: string[] = [];
    const progress = lineProgress((line) => lines.push(line));
    progress.start("toy", 3, 1);
    progress.finished(2);
    progress.finished(3);
    expect(lines).toEqual(["toy: 3 runs, 1 of them finished before", "toy: 2/3 runs", "toy: 3/3 runs"]);
  });
});
