import { describe, expect, it } from "vitest";
import { liveProgress } from "../../src/cli/live-progress.js";

/** A stream that keeps what it is given, and a clock that is set by hand. */
function recording(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { now: 0 };
  const write = (text: string) => {
    written.push(text);
    return true;
  };
  const progress = liveProgress({ isTTY, columns, write } as never, 2000, () => clock.now);
  const at = (milliseconds: number, share: number, numbers = {}) => {
    clock.now = milliseconds;
    progress.report(share, numbers);
  };
  return { written, at, stop: progress.stop };
}

describe("the progress of one run", () => {
  it("is a line every three seconds in a log, with step, share, speed and the numbers", () => {
    const { written, at, stop } = recording(false);
    at(1000, 0.1);
    at(4000, 0.5, { generatorLoss: 0.712345, modes: 8 });
    at(6900, 0.6);
    at(8000, 0.9);
    stop();
    expect(written).toEqual([
      "step 1000 of 2000  50 %  250 steps/s  generatorLoss 0.7123  modes 8\n",
      "step 1800 of 2000  90 %  225 steps/s\n",
    ]);
  });

  it("is one line on a terminal, rewritten, never longer than the terminal is wide, and taken away at the end", () => {
    const { written, at, stop } = recording(true, 40);
    at(50, 0.1);
    at(150, 0.25, { discriminatorLoss: 1.375, generatorLoss: 0.712345 });
    at(200, 0.5);
    stop();
    expect(written).toEqual(["\r\u001b[Kstep 500 of 2000  25 %  3330 steps/s  d", "\r\u001b[K"]);
    expect(written[0].length - "\r\u001b[K".length).toBe(39);
  });

  it("is silent for a run of an instant", () => {
    const { written, at, stop } = recording(true);
    at(10, 1);
    stop();
    expect(written).toEqual([]);
  });
});
