import { describe, expect, it } from "vitest";
import { liveProgress } from "../../src/cli/live-progress.js";

/** A stream that keeps what it is given, and a clock that is set by hand. */
function recording(isTTY: boolean, columns = 80, begun?: number) {
  const written: string[] = [];
  const clock = { now: 0 };
  const write = (text: string) => {
    written.push(text);
    return true;
  };
  const progress = liveProgress({ isTTY, columns, write } as never, { steps: 2000, begun }, () => clock.now);
  const at = (milliseconds: number, share: number, numbers = {}) => {
    clock.now = milliseconds;
    progress.report(share, numbers);
  };
  return { written, at, stop: progress.stop };
}

describe("the progress of one run", () => {
  it("is a line every three seconds in a log, with step, share, speed, the time left and the numbers", () => {
    const { written, at, stop } = recording(false);
    at(1000, 0.1);
    at(4000, 0.5, { generatorLoss: 0.712345, modes: 8 });
    at(6900, 0.6);
    at(8000, 0.9);
    stop();
    expect(written).toEqual([
      "step 1000 of 2000  50 %  250 steps/s  4 s left  generatorLoss 0.7123  modes 8\n",
      "step 1800 of 2000  90 %  225 steps/s  1 s left\n",
    ]);
  });

  it("is one line on a terminal, rewritten, never longer than the terminal is wide, and taken away at the end", () => {
    const { written, at, stop } = recording(true, 40);
    at(50, 0.1);
    at(150, 0.25, { discriminatorLoss: 1.375, generatorLoss: 0.712345 });
    at(200, 0.5);
    stop();
    expect(written).toEqual(["\r\u001b[Kstep 500 of 2000  25 %  3330 steps/s  1", "\r\u001b[K"]);
    expect(written[0].length - "\r\u001b[K".length).toBe(39);
  });

  it("counts only what is done now: a run that was resumed is no faster for what it did before", () => {
    const { written, at } = recording(false, 80, 1000);
    at(4000, 0.51);
    at(400_000, 0.6);
    at(4_000_000, 0.61);
    expect(written).toEqual([
      "step 1020 of 2000  51 %  5 steps/s  3 min 16 s left\n",
      "step 1200 of 2000  60 %  0.5 steps/s  26 min 40 s left\n",
      "step 1220 of 2000  61 %  0.055 steps/s  3 h 56 min left\n",
    ]);
  });

  it("is silent for a run of an instant", () => {
    const { written, at, stop } = recording(true);
    at(10, 1);
    stop();
    expect(written).toEqual([]);
  });
});
