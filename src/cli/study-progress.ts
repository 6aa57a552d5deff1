import { CostModel } from "../study/cost.js";
import type { Progress } from "../study/progress.js";
import type { Paint } from "./colours.js";
import { duration } from "./duration.js";
import { LiveBlock } from "./live-block.js";
import type { ProgressStream } from "./live-progress.js";
import { PhaseState } from "./phase-state.js";

/** Seconds between two pictures of a terminal's block, and between two lines of a log at most. */
const seconds = { terminal: 0.2, log: 60 };

/**
 * A study's progress: a block of lines that is rewritten, on a terminal; elsewhere a line for about every tenth of the
 * runs, and every minute.
 *
 * @param hands runs that are carried out side by side
 * @param clock in seconds
 * @param paint colours words, for a stream that has colours
 */
export function studyProgress(
  stream: ProgressStream,
  hands: number,
  clock = () => performance.now() / 1000,
  paint: Paint = (_, text) => text,
): Progress {
  const costs = new CostModel();
  const view = stream.isTTY ? terminalView(stream, paint) : logView((line) => stream.write(`${line}\n`));
  let state: PhaseState | undefined;
  let shown = 0;
  const show = (ended: boolean) => {
    if (state === undefined) return;
    const now = clock();
    const due = now - shown >= (stream.isTTY ? seconds.terminal : seconds.log);
    if (view.show(state, due, ended)) shown = now;
  };
  return {
    start(phase) {
      state = new PhaseState(phase, hands, costs, clock);
      shown = clock();
      view.start(state);
    },
    advanced(run, fraction) {
      state?.advanced(run, fraction);
      show(false);
    },
    ended(run, error, summary) {
      state?.ended(run, error, summary);
      show(true);
    },
    stop() {
      if (state !== undefined) view.stop(state);
      state = undefined;
    },
  };
}

interface View {
  start(state: PhaseState): void;
  /**
   * @param due whether it is time again
   * @param ended whether a run has just ended
   * @returns whether something was shown
   */
  show(state: PhaseState, due: boolean, ended: boolean): boolean;
  stop(state: PhaseState): void;
}

function terminalView(stream: ProgressStream, paint: Paint): View {
  const block = new LiveBlock(stream);
  return {
    start: (state) => block.write(blockOf(state, paint)),
    show(state, due) {
      if (due) block.write(blockOf(state, paint));
      return due;
    },
    stop(state) {
      block.write(blockOf(state, paint));
      block.leave();
    },
  };
}

const barWidth = 20;

/** The study, how far it is, and until when; counts; the best of what is tuned. */
function blockOf(state: PhaseState, paint: Paint): string[] {
  const { phase, done, failed, running, fraction, best } = state;
  const filled = Math.floor(barWidth * fraction);
  const bar = paint("good", "█".repeat(filled)) + "░".repeat(barWidth - filled);
  const counts = [
    `${done} of ${phase.total} runs done`,
    `${running} running`,
    failed === 0 ? "0 failed" : paint("bad", `${failed} failed`),
  ];
  return [
    [`${paint("told", phase.name)}  ${bar}  ${Math.floor(100 * fraction)} %`, ...left(state)].join("  "),
    `  ${counts.join(", ")}`,
    ...(best === undefined
      ? []
      : [`  best ${phase.metric?.path} so far: ${best.value.toPrecision(4)} (${best.condition})`]),
  ];
}

/** @param write takes one line, without its end */
function logView(write: (line: string) => void): View {
  let tenths = 0;
  const tenthsOf = ({ done, failed, phase }: PhaseState) => Math.floor((10 * (done + failed)) / phase.total);
  return {
    start(state) {
      tenths = tenthsOf(state);
      const { name, total, done } = state.phase;
      write(`${name}: ${total} runs${done === 0 ? "" : `, ${done} of them finished before`}`);
    },
    show(state, due, ended) {
      const reached = tenthsOf(state);
      if (!due && !(ended && reached > tenths)) return false;
      tenths = reached;
      const { phase, done, failed } = state;
      const parts = [`${phase.name}: ${done}/${phase.total} runs`, ...(failed > 0 ? [`${failed} failed`] : [])];
      write([...parts, ...(done + failed < phase.total ? left(state) : [])].join(", "));
      return true;
    },
    stop() {},
  };
}

/** A word on the time that is left; none while nothing is known, or nothing left. */
function left(state: PhaseState): string[] {
  const seconds = state.secondsLeft();
  return seconds === undefined || seconds === 0 ? [] : [`about ${duration(seconds)} left`];
}
