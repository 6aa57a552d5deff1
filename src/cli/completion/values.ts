import { describeAll } from "../../config/definitions.js";
import type { Context } from "./line.js";

/** Where the values of an option or an argument come from; nothing is loaded before it is asked for. */
export interface Source {
  /** Name → a line about it. */
  names?(context: Context): Promise<Readonly<Record<string, string>>>;
  /** The paths that are values too. */
  readonly paths?: "files" | "folders";
}

const folders: Source = { paths: "folders" };
const withoutWords = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ""]));

const optimizers: Source = { names: async () => (await import("../../optim/create.js")).optimizers };
const games: Source = { names: async () => (await import("../../../gan/config.js")).games };
const tasks: Source = { names: async () => describedTasks((await import("../tasks.js")).tasks) };

function describedTasks(tasks: readonly { readonly name: string; readonly description: string }[]) {
  return Object.fromEntries(tasks.map(({ name, description }) => [name, description]));
}

async function environments(): Promise<Readonly<Record<string, string>>> {
  const { names, spec } = await import("../../../envs/registry.js");
  return Object.fromEntries(names().map((id) => [id, spec(id).description]));
}

const everything = async () => (await import("../reference/catalogue.js")).catalogue();

async function kindsListed(): Promise<Readonly<Record<string, string>>> {
  const kinds = (await everything()).map(({ name, where }) => [name, where]);
  return { ...Object.fromEntries(kinds), columns: "what runs record" };
}

async function namesListed(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (await everything()).flatMap(({ entries }) => entries.map(({ name, line }) => [name, line])),
  );
}

/** Of studies named in the line, by `--only` and `--experiment`. */
async function experiments({ positional }: Context): Promise<Readonly<Record<string, string>>> {
  const { loadStudy } = await import("../../study/load.js");
  const { findStudy } = await import("../studies.js");
  const found = positional.map((name) => Object.keys(loadStudy(findStudy(name)).study.experiments));
  return withoutWords(found.flat());
}

/** Option → its values; an option that is not listed takes a number or free words. */
export const optionValues: Readonly<Record<string, Source>> = {
  "--agent": { names: async () => (await import("../../../agents/definitions.js")).agents },
  "--base": folders,
  "--checkpoint": folders,
  "--engine": {
    names: async () => withoutWords(["auto", ...(await import("../../kernels/create.js")).engineNames, "tfjs"]),
  },
  "--env": { names: environments },
  "--figure": { paths: "files" },
  "--game": games,
  "--keep": folders,
  "--only": { names: experiments },
  "--optimizer": optimizers,
  "--optimizers": optimizers,
  "--order": { names: async () => withoutWords((await import("../../play/orders.js")).orderNames) },
  "--out": folders,
  "--problem": { names: async () => describeAll([...(await import("../../problems/index.js")).problems]) },
  "--set": { names: async (context) => (await import("./assignments.js")).assignments(context) },
  "--task": tasks,
  "--to": { names: async () => withoutWords((await import("../commands/export.js")).formats) },
  "--write": { paths: "files" },
};

/** Argument → its values. */
export const argumentValues: Readonly<Record<string, Source>> = {
  dir: folders,
  parts: folders,
  file: { paths: "files" },
  game: games,
  kind: { names: kindsListed },
  name: { names: namesListed },
  path: { names: namesListed },
  shell: { names: async () => withoutWords((await import("./scripts.js")).shells) },
  study: { names: async () => withoutWords((await import("../studies.js")).builtInStudies()), paths: "files" },
  task: tasks,
};
