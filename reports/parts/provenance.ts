import { sha256 } from "../../src/study/digest.js";
import type { Study } from "../../src/study/read.js";
import type { Table } from "./findings.js";
import { listText } from "./text.js";

/** Where findings come from: what a reader needs to trust and to repeat them. */
export interface Provenance {
  readonly study: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly experiments: Table;
}

export function provenanceOf({ name, experiments }: Study): Provenance {
  const all = Object.values(experiments);
  const runs = all.flatMap((experiment) => experiment.runs);
  const distinct = (values: readonly string[]) => listText([...new Set(values)].sort());
  return {
    study: name,
    facts: [
      ["Study", `\`${name}\``],
      ["Version", `Ringdown ${distinct(runs.map(({ version }) => version))}`],
      ["Engine", distinct(runs.map(({ engine }) => engine))],
      ["Runs", String(new Set(runs.map(({ id }) => id)).size)],
      ["Ended", distinct(runs.map(({ outcome }) => outcome.kind))],
      [
        "Digest of all final parameters",
        `\`${digestOf(runs.map(({ id, parametersSha256 }) => `${id} ${parametersSha256}`))}\``,
      ],
    ],
    experiments: {
      header: ["experiment", "task", "varied", "seeds", "runs"],
      rows: all.map(({ name, task, axes, seeds, runs }) => [
        `\`${name}\``,
        task,
        Object.entries(axes)
          .map(([axis, labels]) => `\`${axis}\`: ${labels.join(", ")}`)
          .join("; ") || "nothing",
        String(seeds.length),
        String(runs.length),
      ]),
    },
  };
}

/** SHA-256 of lines in their alphabetical order, each once. */
const digestOf = (lines: readonly string[]) =>
  sha256(
    [...new Set(lines)]
      .sort()
      .map((line) => `${line}\n`)
      .join(""),
  );
