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
 * How far a run is, how fast, the time that is left at this speed, and the numbers to watch: one line, rewritten on a
 * terminal; elsewhere a line every three seconds.
 *
 * @param steps of the whole run
 * @param begun of them, done before: they took none of this time
 * @param clock in milliseconds
 */
export function liveProgress(
  stream: ProgressStream,
  { steps, begun = 0 }: { readonly steps: number; readonly begun?: number },
  clock = () => performance.now(),
): LiveProgress {
  const start = clock();
  let last = start;
  let shown = false;
  return {
    report(fraction, numbers) {
      const now = clock();
      if (now - last < (stream.isTTY ? milliseconds.terminal : milliseconds.log)) return;
      last = now;
      const line = describe(Math.round(fraction * steps), { steps, begun }, (now - start) / 1000, numbers);
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

function describe(
  step: number,
  { steps, begun }: { readonly steps: number; readonly begun: number },
  seconds: number,
  numbers: Readonly<Record<string, number>>,
): string {
  const speed = (step - begun) / seconds;
  const watched = Object.entries(numbers).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  const left = speed > 0 ? [`${duration((steps - step) / speed)} left`] : [];
  const share = `${Math.floor((100 * step) / steps)} %`;
  return [`step ${step} of ${steps}`, share, `${Number(speed.toPrecision(3))} steps/s`, ...left, ...watched].join("  ");
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
