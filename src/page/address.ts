import { type Stage, stages } from "./messages.js";

/** What the address of the page says: `#/gan?game.name=ring&optimizer.lr=0.001&seed=1`. */
export interface Address {
  readonly stage: Stage;
  /** The texts `path=value`, as `--set` takes them. */
  readonly assignments: readonly string[];
  /** Points that a visitor has drawn, x,y and x,y apart by semicolons; no part of the configuration. */
  readonly points: string;
}

/** Where a stage begins that nothing is said of. */
const beginnings: Readonly<Record<Stage, readonly string[]>> = {
  games: [
    "game.name=bilinear",
    "order=simultaneous",
    "optimizer.name=rmsprop",
    "optimizer.lr=0.02",
    "optimizer.rho=0.99",
  ],
  gan: ["game.name=ring", "optimizer.name=rmsprop", "optimizer.lr=0.001", "optimizer.rho=0.9", "game.r1=0.1"],
  agent: ["env.id=CartPole-v1", "optimizer.name=rmsprop", "other.optimizer.name=adam"],
};

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

export function beginning(stage: Stage): readonly string[] {
  return [...beginnings[stage], "seed=1"];
}

/** The assignments with one path's value replaced, and without what only its former value had. */
export function withAssignment(assignments: readonly string[], path: string, value: string): string[] {
  const group = path.endsWith(".name") ? path.slice(0, -"name".length) : undefined;
  const kept = assignments.filter(
    (text) => !text.startsWith(`${path}=`) && (group === undefined || !text.startsWith(group)),
  );
  const place = assignments.findIndex((text) => text.startsWith(`${path}=`));
  if (value === "") return kept;
  return kept.toSpliced(place < 0 ? kept.length : Math.min(place, kept.length), 0, `${path}=${value}`);
}

const encoded = (text: string) => encodeURI(text).replace(/[&#?]/g, encodeURIComponent);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
