import type { Command } from "commander";
import { docstringOf, sourceIn } from "../cli/reference/docstrings.js";
import { parametersOf, takenBy } from "../cli/reference/environments.js";
import type { Entry, Kind } from "../cli/reference/kinds.js";
import { wholeHelp } from "../cli/reference/look-up.js";
import { type Option, ownOptions } from "../config/options.js";

/** A page of the documentation, before it is made HTML. */
export interface Page {
  /** Its path in the site, without an ending: `reference/optimizers/rmsprop`. */
  readonly path: string;
  readonly title: string;
  /** Markdown; its links are relative to the package's root, or begin with the site's `/`. */
  readonly text: string;
}

/** A page for each command, and one that lists them. */
export function commandPages(commands: readonly Command[]): Page[] {
  const pages = commands.map((command) => ({
    path: `reference/commands/${command.name()}`,
    title: `ringdown ${command.name()}`,
    text: commandText(command),
  }));
  const rows = commands.map((command) => [
    `[${command.name()}](/reference/commands/${command.name()}.html)`,
    command.description(),
  ]);
  return [{ path: "reference/commands", title: "Commands", text: table(["command", ""], rows) }, ...pages];
}

function commandText(command: Command): string {
  const help = command.createHelp();
  const rows = (terms: readonly (readonly [string, string])[]) => terms.map(([term, text]) => [code(term), text]);
  const inputs = help.visibleArguments(command).map((one) => [one.name(), help.argumentDescription(one)] as const);
  const options = help.visibleOptions(command).map((one) => [one.flags, help.optionDescription(one)] as const);
  // What commander prints after the options: notes and examples.
  const paragraphs = wholeHelp(command).split("\n\n");
  const after = paragraphs
    .slice(paragraphs.findIndex((one) => one.startsWith("Options:")) + 1)
    .join("\n\n")
    .trim();
  return [
    sentence(command.description()),
    code(`ringdown ${command.name()} ${command.usage()}`),
    ...(inputs.length === 0 ? [] : [table(["argument", ""], rows(inputs))]),
    table(["option", ""], rows(options)),
    ...(after === "" ? [] : [`\`\`\`\n${after}\n\`\`\``]),
  ].join("\n\n");
}

/** A page that lists a kind, and one for each of its entries where they have more to say than their line. */
export function kindPages(kind: Kind): Page[] {
  const { name, one, where, entries } = kind;
  const hasPage = ({ schema, more }: Entry) => schema !== undefined || more !== undefined || kind.folders !== undefined;
  const rows = entries.map((entry) => [
    hasPage(entry) ? `[${entry.name}](/${pathOf(kind, entry)}.html)` : code(entry.name),
    [entry.line, ...(entry.not?.length ? [`Not with ${entry.not.join(", ")}.`] : [])].join(". "),
  ]);
  const listing = [`Where such a name stands: ${where}.`, table([one, ""], rows)].join("\n\n");
  return [
    { path: `reference/${name}`, title: titleOf(name), text: listing },
    ...entries.filter(hasPage).map((entry) => ({
      path: pathOf(kind, entry),
      title: `${entry.name}, ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`,
      text: entryText(kind, entry),
    })),
  ];
}

const pathOf = ({ name }: Kind, entry: Entry) => `reference/${name}/${entry.name.replaceAll(/[^\w.-]/g, "-")}`;

/** `driftUpdates` → `Drift updates` */
function titleOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

function entryText(
  { key, folders = [], name: kind }: Kind,
  { name, line, schema, more = [], not = [] }: Entry,
): string {
  const docstring = docstringOf(name, folders);
  const options = schema === undefined ? [] : ownOptions(schema);
  const path = key === undefined ? "" : `${key.join(".")}.`;
  return [
    sentence(line),
    ...(not.length === 0 ? [] : [`Does not go together with: ${not.join(", ")}.`]),
    ...(docstring === undefined ? [] : [docstring.text, `Defined in [${docstring.file}](${docstring.file}).`]),
    ...more,
    ...(kind === "envs" ? ["## Parameters", parameterTable(name)] : []),
    ...(options.length === 0 ? [] : ["## Options", optionTable(options, path)]),
  ].join("\n\n");
}

function optionTable(options: readonly Option[], path: string): string {
  const rows = options.map(({ path: steps, meaning, takes, fallback, required, names }) => [
    code(`${path}${steps.join(".")}`),
    meaning,
    names.length > 3 ? `one of ${names.length} parts by name` : takes,
    fallback === undefined ? (required ? "required" : "") : code(fallback),
  ]);
  return table(["key", "meaning", "takes", "default"], rows);
}

function parameterTable(id: string): string {
  const rows = parametersOf(id).map((one) => [
    code(one.name),
    one.parameter.description,
    takenBy(one),
    String(one.parameter.default),
  ]);
  return table(["parameter", "meaning and unit", "takes", "default"], rows);
}

/** The literature of all that has a page, for the reader who looks where things come from. */
export function literaturePage(kinds: readonly Kind[]): Page {
  const rows = kinds.flatMap((kind) =>
    kind.entries.flatMap((entry) => {
      const docstring = docstringOf(entry.name, kind.folders ?? []);
      const source = docstring === undefined ? undefined : sourceIn(docstring);
      return source === undefined ? [] : [[`[${entry.name}](/${pathOf(kind, entry)}.html)`, kind.one, source]];
    }),
  );
  return { path: "reference/literature", title: "Literature", text: table(["name", "", "source"], rows) };
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => `\`${text}\``;
const sentence = (line: string) =>
  line === "" ? "" : `${line[0].toUpperCase()}${line.slice(1)}${/[.?!]$/.test(line) ? "" : "."}`;
