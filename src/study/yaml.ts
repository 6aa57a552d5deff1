import { type Document, parseDocument, visit } from "yaml";

/** Keys that JavaScript takes for something else. */
export const reservedKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The plain data of a YAML text.
 *
 * @throws Error with one line that says why it is none: an error of syntax, a tag that is not known, an alias to a value
 * that holds it, a key that JavaScript reserves
 */
export function parseYaml(text: string): unknown {
  // The parser's own search for keys that stand twice compares all pairs: minutes for 100 000 keys.
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new Error(firstLine(problem));
  refuseWrongKeys(document);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new Error(firstLine(error as Error));
  }
  refuseCycles(value);
  return value;
}

function firstLine({ message }: Error): string {
  return message.split("\n")[0].replace(/:$/, "");
}

function refuseWrongKeys(document: Document): void {
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = String(key);
        if (reservedKeys.has(name)) throw new Error(`a key cannot be named "${name}"`);
        if (seen.has(name)) throw new Error(`the key "${name}" stands twice in one map`);
        seen.add(name);
      }
    },
  });
}

function refuseCycles(value: unknown, above: readonly unknown[] = []): void {
  if (typeof value !== "object" || value === null) return;
  if (above.includes(value)) throw new Error("an alias stands for a value that holds it");
  for (const inner of Object.values(value)) refuseCycles(inner, [...above, value]);
}
