import type { Column } from "../tables.js";
import { exactText } from "./numbers.js";
import type { ExportedRun } from "./runs.js";

const valuesPerPart = 10_000;

/**
 * A table as JSON, in parts: an object from columns to arrays. What JSON has no number for is the text `"NaN"`,
 * `"Infinity"` or `"-Infinity"`, which JavaScript's `Number` and Python's `float` read.
 */
export function* jsonTable(columns: Readonly<Record<string, Column>>): Generator<string> {
  yield "{";
  for (const [index, [name, values]] of Object.entries(columns).entries()) {
    yield `${index === 0 ? "\n" : ",\n"}${JSON.stringify(name)}: [`;
    for (let from = 0; from < values.length; from += valuesPerPart) {
      const part = Array.from(values.subarray(from, from + valuesPerPart), jsonNumber).join(",");
      yield from === 0 ? part : `,${part}`;
    }
    yield "]";
  }
  yield "\n}\n";
}

/** An object a run: experiment, condition, and what `run.json` says of it. */
export function jsonRuns(runs: readonly ExportedRun[]): string {
  const objects = runs.map(({ experiment, run }) => {
    const { id, task, condition, seed, engine, config, outcome, summary, parametersSha256, tables } = run;
    const whole = { experiment, id, task, condition, seed, engine, config, outcome, summary, parametersSha256, tables };
    return JSON.stringify(whole, null, 2);
  });
  return `[${objects.join(",\n")}]\n`;
}

function jsonNumber(value: number): string {
  return Number.isFinite(value) ? exactText(value) : `"${value}"`;
}
