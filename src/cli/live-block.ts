import type { ProgressStream } from "./live-progress.js";

/** The first characters of a line, with all of its colours, which take no room. */
export function cut(line: string, width: number): string {
  let room = width;
  const parts = line.split(/(\p{Cc}\[[0-9;]*m)/u).map((part, index) => {
    if (index % 2 === 1) return part;
    const shown = [...part].slice(0, room);
    room -= shown.length;
    return shown.join("");
  });
  return parts.join("");
}

/** Lines at the end of a terminal's output, rewritten in place. */
export class LiveBlock {
  #lines = 0;

  constructor(readonly stream: ProgressStream) {}

  write(lines: readonly string[]): void {
    // A line that wraps would count for two.
    const width = Math.max(20, (this.stream.columns ?? 80) - 1);
    const up = this.#lines === 0 ? "" : `\u001b[${this.#lines}A`;
    this.stream.write(`${up}\r\u001b[J${lines.map((line) => `${cut(line, width)}\n`).join("")}`);
    this.#lines = lines.length;
  }

  /** Leaves the lines where they are; the next ones come below. */
  leave(): void {
    this.#lines = 0;
  }
}
