import { InputError } from "../../config/input-error.js";
import { nearest, suggest } from "../../config/nearest.js";
import { allOptions, type Option, ownOptions } from "../../config/options.js";
import { aligned } from "../output.js";
import {
  type Configuration,
  configurations,
  type Found,
  findParameter,
  findPath,
  longestPath,
} from "./configurations.js";
import { docstringOf, sourceIn } from "./docstrings.js";
import { type EnvironmentParameter, parametersOf, takenBy } from "./environments.js";
import type { Entry, Kind } from "./kinds.js";

/** Paragraphs of lines: what there is to say of a name. */
export type Answer = readonly (readonly string[])[];

/** What a name means, of all kinds that have it; none where nothing has it. */
export function answerName(word: string, kinds: readonly Kind[]): Answer {
  const entries = kinds.flatMap((kind) =>
    kind.entries
      .filter(({ name }) => name.toLowerCase() === word.toLowerCase())
      .flatMap((entry) => describeEntry(kind, entry)),
  );
  return [...entries, ...kinds.filter(({ name, one }) => name === word || one === word).map(listing)];
}

/** What a path in a configuration means: an option, a part (`optimizer.rmsprop`), an environment's parameter. */
export function answerPath(word: string, kinds: readonly Kind[]): Answer {
  const environments = kinds.find(({ name }) => name === "envs");
  const part = kinds.flatMap((kind) => {
    const key = kind === environments ? ["env"] : kind.key;
    const entry = kind.entries.find(({ name }) => word === [...(key ?? []), name].join("."));
    return key === undefined || entry === undefined ? [] : describeEntry(kind, entry);
  });
  if (part.length > 0) return part;
  const parameters = findParameter(word, environments?.entries.map(({ name }) => name) ?? []);
  if (parameters.length > 0) return [describeParameters(parameters)];
  return findPath(word).flatMap((found) => describeFound(found, kinds));
}

/** Where a key stands, whatever leads to it: `rho` is `optimizer.rho` of several optimizers. */
export function answerKey(word: string, kinds: readonly Kind[]): Answer {
  const paths = new Set(
    configurations.flatMap(({ schema }) =>
      allOptions(schema)
        .filter(({ path }) => path.at(-1) === word)
        .map(({ path }) => path.join(".")),
    ),
  );
  const [first, ...more] = [...paths].sort((a, b) => a.split(".").length - b.split(".").length);
  if (first === undefined) return [];
  if (more.length === 0) return answerPath(first, kinds);
  return [...answerPath(first, kinds), [`also: ${more.slice(0, 8).join(", ")}${more.length > 8 ? ", …" : ""}`]];
}

/** @param others further names that would have been right */
export function unknown(command: string, word: string, kinds: readonly Kind[], others: readonly string[]): InputError {
  const { known, next } = longestPath(word);
  if (known !== "") {
    const wrong = word.slice(known.length + 1).split(".")[0];
    return new InputError(`${command}: ${known} has no "${wrong}"${suggest(wrong, next)}`);
  }
  const names = [
    ...others,
    ...kinds.flatMap(({ name, entries }) => [name, ...entries.map((entry) => entry.name)]),
    ...next,
  ];
  const near = nearest(word, names);
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return new InputError(
    `${command}: nothing is named "${word}"${hint} all names: ringdown list; keys: ringdown describe rl, game or problem`,
  );
}

/** A kind as it is listed. */
function listing({ name, where, entries }: Kind): string[] {
  const rows = entries.map((entry) => [`  ${entry.name}`, entry.line] as const);
  return [`${name} (${where})`, ...aligned(rows)];
}

function describeEntry(kind: Kind, entry: Entry): string[][] {
  const docstring = docstringOf(entry.name, kind.folders ?? []);
  const facts: [string, string][] = [
    ["named in", kind.where],
    ...(entry.not === undefined || entry.not.length === 0
      ? []
      : [["not with", entry.not.join(", ")] as [string, string]]),
    ...(docstring === undefined ? [] : [["source", docstring.file] as [string, string]]),
  ];
  return [
    [
      `${kind.one} ${entry.name}${entry.line === "" ? "" : `: ${entry.line}`}`,
      ...aligned(facts).map((line) => `  ${line}`),
    ],
    ...(docstring === undefined ? [] : [docstring.text.split("\n")]),
    ...(entry.more === undefined ? [] : [[...entry.more]]),
    ...(kind.name === "envs" ? [parameterTable(entry.name)] : []),
    ...optionTable(kind, entry),
  ];
}

function optionTable({ key }: Kind, { name, schema }: Entry): string[][] {
  if (schema === undefined) return [];
  const options = ownOptions(schema);
  if (options.length === 0) return [];
  const rows = options.map((option) => [`  ${option.path.at(-1)}`, inALine(option)] as const);
  const path = key === undefined ? "<key>" : [...key, name, "<key>"].join(".");
  return [[`options (one in detail: ringdown describe ${path})`, ...aligned(rows)]];
}

/** `decay ρ (a number, at least 0, less than 1; default 0.99)` */
function inALine({ meaning, takes, fallback, names, required }: Option): string {
  const value = names.length > 3 ? "a part by its name" : takes;
  const otherwise = fallback === undefined ? (required ? "; required" : "") : `; default ${fallback}`;
  return `${meaning} (${value}${otherwise})`.trim();
}

function parameterTable(id: string): string[] {
  const rows = parametersOf(id).map(
    (one) =>
      [`  ${one.name}`, `${one.parameter.description} (${takenBy(one)}; default ${one.parameter.default})`] as const,
  );
  return ["parameters (env.parameters.<name>; each may drift: env.drift.<n>.parameter)", ...aligned(rows)];
}

function describeParameters(found: readonly EnvironmentParameter[]): string[] {
  return found.flatMap((one) => [
    `env.parameters.${one.name} of ${one.id}`,
    ...aligned([
      ["meaning", one.parameter.description],
      ["takes", takenBy(one)],
      ["default", String(one.parameter.default)],
      ["set by", `ringdown train --env ${one.id} --set env.parameters.${one.name}=<value>; it may drift: env.drift`],
    ]).map((line) => `  ${line}`),
  ]);
}

/** The options at a path of one configuration, those of several parts that say the same together. */
function describeFound({ configurations, options }: Found, kinds: readonly Kind[]): string[][] {
  const groups = groupBySaying(options);
  return [...groups.values()].map((group) => {
    const [option] = group;
    const owners = [...new Set(group.map(({ parts }) => parts.at(-1)).filter((part) => part !== undefined))];
    const of = owners.length === 0 ? configurations.map(({ name }) => name).join(", ") : owners.join(", ");
    return [
      `${option.path.join(".")} (${of})`,
      ...aligned([
        ...(option.meaning === "" ? [] : [["meaning", option.meaning] as const]),
        ["takes", option.takes],
        ["default", option.fallback ?? (option.required ? "none: it must be given" : "left out")],
        ...(option.keys.length === 0 ? [] : [["keys", option.keys.join(", ")] as const]),
        ...sourcesOf(owners, option, kinds),
        ["set by", setBy(configurations, option.path.join("."))],
      ]).map((line) => `  ${line}`),
    ];
  });
}

/** The options of commands and the places in study files that set a key. */
function setBy(configurations: readonly Configuration[], path: string): string {
  const commands = configurations.flatMap(({ command }) => command ?? []);
  const option = commands.length === 0 ? [] : [`ringdown ${commands.join(" or ")} --set ${path}=<value>`];
  const places = new Set(configurations.map(({ study }) => `${study}${path} of a study file`));
  return [...option, ...places].join("; ");
}

function groupBySaying(options: readonly Option[]): Map<string, Option[]> {
  const groups = new Map<string, Option[]>();
  for (const option of options) {
    const { path, meaning, takes, fallback } = option;
    const saying = JSON.stringify([path, meaning, takes, fallback]);
    groups.set(saying, [...(groups.get(saying) ?? []), option]);
  }
  return groups;
}

/** The literature and the file of the parts that have an option. */
function sourcesOf(owners: readonly string[], { path }: Option, kinds: readonly Kind[]): (readonly [string, string])[] {
  if (owners.length === 0 || owners.length > 3) return [];
  const docstrings = kinds
    .filter(({ key }) => key !== undefined && path.join(".").startsWith(key.join(".")))
    .flatMap(({ folders = [] }) => owners.flatMap((owner) => docstringOf(owner, folders) ?? []));
  const literature = [...new Set(docstrings.flatMap((one) => sourceIn(one) ?? []))];
  const files = [...new Set(docstrings.map(({ file }) => file))];
  return [
    ...(literature.length === 0 ? [] : [["source", literature.join("; ")] as const]),
    ...(files.length === 0 ? [] : [["in", files.join(", ")] as const]),
  ];
}
