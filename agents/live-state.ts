import { isVector, type Vector } from "../src/optim/transform.js";

/** Live numbers and vectors, nested: what is written into them is what their owner goes on with. */
export type LiveState = { readonly [name: string]: LivePart };
export type LivePart = number | Vector | readonly LivePart[] | LiveState;

/** A deep copy. */
export function copyLive(state: LiveState): LiveState {
  return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, copyPart(part)]));
}

function copyPart(part: LivePart): LivePart {
  if (typeof part === "number") return part;
  if (isVector(part)) return part.slice();
  return isList(part) ? part.map(copyPart) : copyLive(part);
}

/** Overwrites in place those parts of a state that the source names; shapes are the same. */
export function overwriteLive(target: LiveState | readonly LivePart[], source: LiveState | readonly LivePart[]): void {
  for (const [name, part] of Object.entries(source)) {
    const live = (target as LiveState)[name];
    if (typeof part === "number") (target as Record<string, LivePart>)[name] = part;
    else if (isVector(part)) (live as Vector).set(part);
    else overwriteLive(live as LiveState, part);
  }
}

const isList = (part: LiveState | readonly LivePart[]): part is readonly LivePart[] => Array.isArray(part);
