import type { ProgressStream } from "./live-progress.js";

/** Lines at the end of a terminal's output, rewritten in place. */
export class LiveBlock {
  #lines = 0;

  constructor(readonly stream: ProgressStream) {}

  write(lines: readonly string[]): void {
    // A line that wraps would count for two.
    const width = Math.max(20, (this.stream.columns ?? 80) - 1);
    const up = this.#lines === 0 ? "" : `\u001b[${this.#lines}A`;
    this.stream.write(`${up}\r\u001b[J${lines.map((line) => `${[...line].slice(0, width).join("")}\n`).join("")}`);
    this.#lines = lines.length;
  }

  /** Leaves the lines where they are; the next ones come below. */
  leave(): void {
    this.#lines = 0;
  }
}
