import { coloured } from "./colours.js";

/** Prints a line of the results, which go to standard output; everything else goes to standard error. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says one line, whatever the message holds, with the program's name, to be recognised in a pipeline's log. */
export function complain(message: string): void {
  say(`${coloured("bad", "ringdown:", process.stderr)} ${inALine(message)}`);
}

/** A message without line breaks and other control characters, which could rewrite what a terminal shows; cut off. */
export function inALine(message: string): string {
  const line = message.replace(/\p{Cc}/gu, escapeControl);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

const escapeControl = (character: string) =>
  character === "\n" ? "\\n" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Characters of a message; what a user's input puts into it may be of any length. */
const longest = 480;

/** Lines of two columns, the second one aligned. */
export function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`.trimEnd());
}

/** A result's fields for readers, a divergence with its step and reason. */
export function settings(
  fields: Readonly<Record<string, unknown>>,
  divergence?: { readonly step: number; readonly reason: string },
): [string, string][] {
  const rows = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  if (divergence !== undefined) rows.push(["diverged", `at step ${divergence.step}: ${divergence.reason}`]);
  return rows;
}
