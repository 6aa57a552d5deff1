import { suggest, validNames } from "./nearest.js";
import { keysAt, type Schema, variantsHaving } from "./schema-walk.js";

/** The map in which a key was found: the schema and the input of the whole, and the path from there. */
export interface KeyPlace {
  readonly schema: Schema;
  readonly input: unknown;
  readonly path: readonly PropertyKey[];
  /** The path of the whole within its source. */
  readonly prefix: readonly string[];
}

/**
 * The sentence about a key that a map does not have: where the key is right, if it is anywhere near (in another variant
 * of the map, one level further down, in another part of the whole), else the nearest valid one; and what is valid.
 *
 *     unknown key "rho"; it belongs to adadelta, rmsprop; sgd takes lr, weightDecay, …
 *     unknown key "lr"; did you mean "optimizer.lr"? valid: game, order, …
 */
export function describeUnknownKey(key: string, place: KeyPlace): string {
  const { schema, input, path, prefix } = place;
  const valid = keysAt(schema, input, path);
  const start = `unknown key "${key}"`;
  const variants = variantsHaving(schema, input, path, key);
  if (variants !== undefined) {
    const own = valid.filter((name) => name !== variants.by);
    return `${start}; it belongs to ${variants.having.join(", ")}; ${variants.chosen} takes ${own.join(", ")}`;
  }
  const below = valid.map((name) => ({ at: [...path, name], shown: [name] }));
  const root = path.length === 0 ? [] : [{ at: [], shown: prefix }];
  const parts =
    path.length === 0 ? [] : keysAt(schema, input, []).map((name) => ({ at: [name], shown: [...prefix, name] }));
  for (const { at, shown } of [...below, ...root, ...parts]) {
    if (keysAt(schema, input, at).includes(key)) {
      return `${start}; did you mean "${[...shown, key].join(".")}"? ${validNames(valid)}`;
    }
  }
  for (const { at, shown } of [...below, ...parts]) {
    const elsewhere = variantsHaving(schema, input, at, key);
    if (elsewhere === undefined) continue;
    const where = `"${[...shown, key].join(".")}" of ${elsewhere.having.join(", ")}`;
    return `${start}; did you mean ${where}? ${validNames(valid)}`;
  }
  return `${start}${suggest(key, valid)}`;
}
