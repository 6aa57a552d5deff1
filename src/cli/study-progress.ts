import { SingleBar } from "cli-progress";
import type { Progress } from "../study/progress.js";

/** A bar on a terminal; plain lines, about one for every tenth of the runs, where the stream is a file or a pipe. */
export function streamProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress((line) => stream.write(`${line}\n`));
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let finishedRuns = 0;
  return {
    start(name, total, done) {
      finishedRuns = done;
      const format = `${name} [{bar}] {percentage} %  {runs}/{total} runs  about {eta_formatted} left`;
      bar = new SingleBar({ format, stream, hideCursor: true, gracefulExit: false, etaBuffer: 50 });
      bar.start(total, done, { runs: done });
    },
    update(runs) {
      bar?.update(runs, { runs: finishedRuns });
    },
    finished(runs) {
      finishedRuns = runs;
    },
    stop() {
      bar?.stop();
    },
  };
}

/** @param write takes one line, without its end */
export function lineProgress(write: (line: string) => void): Progress {
  let name = "";
  let total = 0;
  let tenths = 0;
  return {
    start(study, runs, done) {
      [name, total, tenths] = [study, runs, Math.floor((10 * done) / runs)];
      write(`${name}: ${total} runs${done === 0 ? "" : `, ${done} of them finished before`}`);
    },
    update() {},
    finished(runs) {
      const reached = Math.floor((10 * runs) / total);
      if (reached === tenths) return;
      tenths = reached;
      write(`${name}: ${runs}/${total} runs`);
    },
    stop() {},
  };
}
