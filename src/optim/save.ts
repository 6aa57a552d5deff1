import { InputError } from "../config/input-error.js";
import { isVector, type State, type Vector } from "./transform.js";

/** The first bytes of a saved state: "optimizer state, first form". */
const magic = "RDOPT1\n";

/** The shape of a state: for each name a number, a vector's type and length, or the shapes of a chain's links. */
type Shape = { readonly [name: string]: "number" | readonly ["float32" | "float64", number] | readonly Shape[] };

/**
 * A state as bytes: a line of JSON with names, types and lengths, then all values in that order, little-endian.
 * Exact: the bits of every number survive, NaN and −0 included. `restoreState` reads it.
 */
export function saveState(state: State): Uint8Array {
  const header = new TextEncoder().encode(`${magic}${JSON.stringify(shapeOf(state))}\n`);
  const bytes = new Uint8Array(header.length + sizeOf(state));
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  eachValue(state, (value) => {
    if (typeof value === "number") {
      view.setFloat64(at, value, true);
      at += 8;
      return value;
    }
    // Bytes as they lie: little-endian wherever this project's WebAssembly kernels run as well.
    bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), at);
    at += value.byteLength;
    return value;
  });
  return bytes;
}

/**
 * Writes saved bytes into a state, which the same optimizer's `init` has made for parameters of the same length and
 * precision; continuing from it gives the bits of a run that was never interrupted.
 *
 * @returns the state
 * @throws InputError where the bytes are not a saved state, or one of another shape; the state is as it was then
 */
export function restoreState<S extends State>(bytes: Uint8Array, state: S): S {
  const start = new TextEncoder().encode(magic);
  const end = bytes.indexOf(10, start.length);
  if (start.some((byte, i) => bytes[i] !== byte) || end < 0) throw new InputError("state: expected saved bytes");
  const found = new TextDecoder().decode(bytes.subarray(start.length, end));
  const expected = JSON.stringify(shapeOf(state));
  if (found !== expected) throw new InputError(`state: expected the shape ${expected}, found ${found}`);
  let at = end + 1;
  if (bytes.length - at !== sizeOf(state)) throw new InputError("state: the saved bytes are cut off or too many");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  eachValue(state, (value) => {
    const from = at;
    if (typeof value === "number") {
      at += 8;
      return view.getFloat64(from, true);
    }
    at += value.byteLength;
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength).set(bytes.subarray(from, at));
    return value;
  });
  return state;
}

function shapeOf(state: State): Shape {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => {
      if (typeof value === "number") return [name, "number" as const];
      if (!isVector(value)) return [name, value.map(shapeOf)];
      return [name, [value instanceof Float32Array ? "float32" : "float64", value.length] as const];
    }),
  );
}

/** Bytes of all values. */
function sizeOf(state: State): number {
  let bytes = 0;
  eachValue(state, (value) => {
    bytes += typeof value === "number" ? 8 : value.byteLength;
    return value;
  });
  return bytes;
}

/** Visits numbers and vectors in order; a number becomes what the visit returns. */
function eachValue(state: State, visit: (value: number | Vector) => number | Vector): void {
  for (const [name, value] of Object.entries(state)) {
    if (typeof value === "number") (state as Record<string, unknown>)[name] = visit(value);
    else if (isVector(value)) visit(value);
    else for (const link of value) eachValue(link, visit);
  }
}
