import { InputError } from "../config/input-error.js";
import { parseYaml, reservedKeys } from "./yaml.js";

/** One change of a document: a dotted path and the value that it takes. */
export interface Assignment {
  readonly path: string;
  readonly value: unknown;
}

type Map = Readonly<Record<string, unknown>>;

/**
 * Reads `path=value` as `--set` takes it; the value is YAML, so `0.9`, `[64, 64]`, `true` and `{ name: adam }` mean
 * what they mean in a study file.
 *
 * @throws InputError when there is no `=`, the path is empty, or the value is not YAML
 */
export function parseAssignment(text: string): Assignment {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InputError(`--set ${text}: expected path=value, as in --set optimizer.lr=0.01`);
  const path = text.slice(0, equals).trim();
  segments(path, `--set ${text}`);
  try {
    return { path, value: parseYaml(text.slice(equals + 1)) };
  } catch (error) {
    throw new InputError(`--set ${text}: the value is not YAML: ${(error as Error).message}`);
  }
}

/**
 * The document with the value at the path replaced; the document itself is not changed. Maps that are missing on the
 * way are created: whether they may exist is for the schema to say, which is checked afterwards.
 *
 * A path is keys joined by dots; integers index lists. Where a map holds a key that has dots itself, as a grid's axes
 * do, the longest key that fits is meant; a key in double quotes is taken whole.
 *
 * @param source where the change comes from, for messages
 * @throws InputError when the path leads through a plain value or beyond a list's end
 */
export function assign(document: unknown, { path, value }: Assignment, source: string): unknown {
  return replace(document, segments(path, source), value, source, []);
}

function segments(path: string, source: string): readonly string[] {
  const found = [...path.matchAll(/(?:^|\.)(?:"([^"]+)"|([^."]+))/g)];
  if (found.length === 0 || found.map(([text]) => text).join("") !== path) {
    throw new InputError(`${source}: expected a path of keys joined by dots, found "${path}"`);
  }
  const keys = found.map(([, quoted, plain]) => quoted ?? plain);
  const reserved = keys.find((key) => reservedKeys.has(key));
  if (reserved !== undefined) throw new InputError(`${source}: a key cannot be named "${reserved}"`);
  return keys;
}

function replace(
  here: unknown,
  path: readonly string[],
  value: unknown,
  source: string,
  trail: readonly string[],
): unknown {
  if (path.length === 0) return value;
  if (Array.isArray(here)) {
    const index = Number(path[0]);
    if (!/^\d+$/.test(path[0]) || index >= here.length) {
      const range = here.length === 0 ? "but the list is empty" : `from 0 to ${here.length - 1}`;
      throw new InputError(`${source}: ${trail.join(".")}: expected an index ${range}, found "${path[0]}"`);
    }
    return here.with(index, replace(here[index], path.slice(1), value, source, [...trail, path[0]]));
  }
  if (here !== undefined && here !== null && typeof here !== "object") {
    throw new InputError(
      `${source}: ${trail.join(".")}: expected a map or a list to hold "${path[0]}", found ${JSON.stringify(here)}`,
    );
  }
  const map = (here ?? {}) as Map;
  const length = keyLength(map, path);
  const key = path.slice(0, length).join(".");
  const held = Object.hasOwn(map, key) ? map[key] : undefined;
  return { ...map, [key]: replace(held, path.slice(length), value, source, [...trail, key]) };
}

/** How many segments of the path the longest key of this map takes; one for a new key. */
function keyLength(map: Map, path: readonly string[]): number {
  for (let length = path.length; length > 1; length--) {
    if (Object.hasOwn(map, path.slice(0, length).join("."))) return length;
  }
  return 1;
}
