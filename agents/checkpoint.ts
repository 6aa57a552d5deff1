import type { VectorSnapshot } from "../envs/snapshot.js";
import type { VectorEnv } from "../envs/vector.js";
import { InputError } from "../src/config/input-error.js";
import { isVector, type Vector } from "../src/optim/transform.js";
import type { RandomStreamState } from "../src/rng/random-stream.js";
import type { Streams } from "../src/rng/streams.js";
import type { Agent } from "./agent.js";
import { type ExactJson, fromExactJson, toExactJson } from "./exact-json.js";
import type { Interventions } from "./interventions.js";

/** Everything that a training goes on with. */
export interface Training {
  readonly agent: Agent;
  readonly env: VectorEnv;
  /** Those that agent and environment draw from. */
  readonly streams: Streams;
  /** What is done to the agent at given times. */
  readonly interventions?: Interventions;
}

/** A training between two updates as plain data, to be written as JSON: every bit survives. */
export interface Checkpoint {
  readonly agent: Saved;
  /** A `VectorSnapshot`. */
  readonly env: ExactJson;
  /** The state of each stream by name. */
  readonly streams: ExactJson;
  /** How far interventions are. */
  readonly interventions?: ExactJson;
}

/** Numbers as they are, or as bytes where JSON has no word for them; vectors as bytes, little-endian, in base64. */
type Saved = number | Bytes | readonly Saved[] | { readonly [name: string]: Saved };
type Bytes = { readonly [type in VectorType | "number"]?: string };
type VectorType = "float32" | "float64";

/** Numbers and vectors, nested. */
type Live = number | Vector | readonly Live[] | { readonly [name: string]: Live };

/**
 * A training's whole state, after an update and before the next rollout.
 *
 *     const checkpoint = JSON.stringify(saveTraining({ agent, env, streams }));
 */
export function saveTraining({ agent, env, streams, interventions }: Training): Checkpoint {
  return {
    agent: encode(agent.state as Live),
    env: toExactJson(env.save()),
    streams: toExactJson(streams.save()),
    ...(interventions && { interventions: toExactJson(interventions.state) }),
  };
}

/**
 * Lets a training that was made from the same configuration go on where a checkpoint was taken: with the bits of one
 * that never stopped.
 *
 * @throws InputError for a checkpoint of another agent, network, optimizer or environment; the path comes first
 */
export function restoreTraining(checkpoint: Checkpoint, { agent, env, streams, interventions }: Training): void {
  checkFit(agent.state as Live, checkpoint.agent, "checkpoint: agent");
  env.restore(fromExactJson(checkpoint.env) as VectorSnapshot);
  streams.restore(fromExactJson(checkpoint.streams) as Record<string, RandomStreamState>);
  overwrite(agent.state as Live, checkpoint.agent);
  if (interventions !== undefined) Object.assign(interventions.state, fromExactJson(checkpoint.interventions ?? {}));
}

function encode(value: Live): Saved {
  if (typeof value === "number") return isExactInJson(value) ? value : { number: toBase64(Float64Array.of(value)) };
  if (isVector(value)) return { [typeOf(value)]: toBase64(value) };
  if (Array.isArray(value)) return value.map(encode);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, encode(part as Live)]));
}

/** Throws where the saved parts are not those that there are. */
function checkFit(live: Live, saved: Saved | undefined, path: string): void {
  const expected = shapeOf(live);
  const found = saved === undefined ? "nothing" : shapeOfSaved(saved);
  if (expected !== found) throw new InputError(`${path}: expected ${expected}, found ${found}`);
  if (typeof live === "number" || isVector(live)) return;
  for (const [name, part] of Object.entries(live)) {
    checkFit(part as Live, (saved as Readonly<Record<string, Saved>>)[name], `${path}.${name}`);
  }
}

/** Writes saved numbers and vectors into live ones. */
function overwrite(live: Live, saved: Saved): void {
  for (const [name, part] of Object.entries(live) as [string, Live][]) {
    const value = (saved as Readonly<Record<string, Saved>>)[name];
    if (typeof part === "number") (live as Record<string, Live>)[name] = toNumber(value);
    else if (isVector(part)) part.set(fromBase64(typeOf(part), (value as Record<VectorType, string>)[typeOf(part)]));
    else overwrite(part, value);
  }
}

function shapeOf(live: Live): string {
  if (typeof live === "number") return "a number";
  if (isVector(live)) return `${live.length} numbers of ${typeOf(live)}`;
  return `the parts ${Object.keys(live).join(", ")}`;
}

function shapeOfSaved(saved: Saved): string {
  if (typeof saved === "number") return "a number";
  const [[type, bytes] = ["", ""], ...more] = Object.entries(saved);
  if (typeof bytes !== "string" || more.length > 0) return `the parts ${Object.keys(saved).join(", ")}`;
  if (type === "number") return "a number";
  return `${fromBase64(type as VectorType, bytes).length} numbers of ${type}`;
}

function toNumber(saved: Saved): number {
  return typeof saved === "number" ? saved : fromBase64("float64", (saved as Record<"number", string>).number)[0];
}

function isExactInJson(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function typeOf(vector: Vector): VectorType {
  return vector instanceof Float32Array ? "float32" : "float64";
}

function toBase64(vector: Vector): string {
  let text = "";
  for (const byte of new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(type: VectorType, text: string): Vector {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return type === "float32" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}
