import { examples } from "./examples.js";
import { type Stage, stages } from "./messages.js";

/** What the address of the page says: `#/gan?game.name=ring&optimizer.lr=0.001&seed=1`. */
export interface Address {
  readonly stage: Stage;
  /** The texts `path=value`, as `--set` takes them. */
  readonly assignments: readonly string[];
  /** Points that a visitor has drawn, x,y and x,y apart by semicolons; no part of the configuration. */
  readonly points: string;
}

export function readAddress(hash: string): Address {
  const [, name = "", query = ""] = /^#\/(\w*)\??(.*)$/.exec(hash) ?? [];
  const stage = stages.find((one) => one === name) ?? stages[0];
  const texts = query.split("&").filter((text) => text !== "");
  const said = texts.map((text) => decoded(text));
  const points = said.find((text) => text.startsWith("points="))?.slice("points=".length) ?? "";
  const assignments = said.filter((text) => !text.startsWith("points="));
  return { stage, points, assignments: assignments.length > 0 ? assignments : beginning(stage) };
}

export function writeAddress({ stage, assignments, points }: Address): string {
  const texts = points === "" ? assignments : [...assignments, `points=${points}`];
  return `#/${stage}?${texts.map(encoded).join("&")}`;
}

/** Where a stage begins that nothing is said of. */
export function beginning(stage: Stage): readonly string[] {
  const chosen = { games: 4, gan: 0, agent: 1, chapters: 0 }[stage];
  return [...examples[stage][chosen].assignments, "seed=1"];
}

/** The assignments with one path's value replaced, and without what only its former value had. */
export function withAssignment(assignments: readonly string[], path: string, value: string): string[] {
  if (value !== "" && resets(path) !== undefined) assignments = assignments.filter((text) => !resets(path)?.test(text));
  const group = path.endsWith(".name") ? path.slice(0, -"name".length) : undefined;
  const under = path.startsWith("axis.") ? `${path}=` : (group ?? `${path}.`);
  const kept = assignments.filter((text) => !text.startsWith(`${path}=`) && !text.startsWith(under));
  const place = assignments.findIndex((text) => text.startsWith(`${path}=`));
  if (value === "") return kept;
  return kept.toSpliced(place < 0 ? kept.length : Math.min(place, kept.length), 0, `${path}=${value}`);
}

/** What a choice leaves nothing of: another claim has other runs, another condition other options. */
function resets(path: string): RegExp | undefined {
  if (path === "claim") return /^(?!claim=|seed=)/;
  return path.startsWith("axis.") ? /^(?!claim=|seed=|axis\.|column=)/ : undefined;
}

const encoded = (text: string) => encodeURI(text).replace(/[&#?]/g, encodeURIComponent);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
