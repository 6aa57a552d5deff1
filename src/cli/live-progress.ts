/** A stream that takes a line of progress. */
export type ProgressStream = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

/** Shows how far one run is. */
export interface LiveProgress {
  /**
   * @param fraction finished, 0 … 1
   * @param numbers worth watching, by name
   */
  report(fraction: number, numbers: Readonly<Record<string, number>>): void;
  /** Takes the line away, where it is rewritten. */
  stop(): void;
}

/** Between two lines: often enough to look alive on a terminal, seldom enough not to fill a log. */
const milliseconds = { terminal: 100, log: 3000 };
const eraseLine = "\r\u001b[K";

/**
 * How far a run is, how fast, and the numbers to watch: one line, rewritten on a terminal; elsewhere a line every
 * three seconds.
 *
 * @param steps of the whole run
 * @param clock in milliseconds
 */
export function liveProgress(stream: ProgressStream, steps: number, clock = () => performance.now()): LiveProgress {
  const start = clock();
  let last = start;
  let shown = false;
  return {
    report(fraction, numbers) {
      const now = clock();
      if (now - last < (stream.isTTY ? milliseconds.terminal : milliseconds.log)) return;
      last = now;
      const line = describe(fraction, steps, (now - start) / 1000, numbers);
      if (stream.isTTY) {
        // A line that wraps could not be rewritten.
        stream.write(eraseLine + line.slice(0, Math.max(20, (stream.columns ?? 80) - 1)));
        shown = true;
      } else {
        stream.write(`${line}\n`);
      }
    },
    stop() {
      if (shown) stream.write(eraseLine);
    },
  };
}

function describe(fraction: number, steps: number, seconds: number, numbers: Readonly<Record<string, number>>): string {
  const step = Math.round(fraction * steps);
  const speed = Number((step / seconds).toPrecision(3));
  const watched = Object.entries(numbers).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  return [`step ${step} of ${steps}`, `${Math.floor(100 * fraction)} %`, `${speed} steps/s`, ...watched].join("  ");
}
