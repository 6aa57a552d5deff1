import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { ProblemDefinition } from "../problems/definition.js";
import { ask, type Question } from "./interview.js";
import type { NewStudy, Subject } from "./new-study.js";

/** What the options of `ringdown init` say. */
export interface InitAnswers {
  readonly task?: string;
  readonly env?: string;
  readonly agent?: string;
  readonly game?: string;
  readonly problem?: string;
  readonly optimizers?: readonly string[];
  readonly steps?: number;
  readonly seeds?: number;
  readonly tune?: boolean;
}

type Terminal = Parameters<typeof ask>[1];

/** Of each task the options that are its own. */
const partsOf = { rl: ["env", "agent"], game: ["game"], problem: ["problem"] } as const;
type TaskName = keyof typeof partsOf;

/**
 * What a new study compares: as given, else as answered on a terminal, else the usual.
 *
 * @param terminal asks for what is not given; the usual is taken without one
 * @throws InputError for an option of another task, and a name that there is not
 */
export async function completeAnswers(name: string, given: InitAnswers, terminal?: Terminal): Promise<NewStudy> {
  const put = (question: Question & { readonly otherwise: string }) =>
    terminal === undefined ? question.otherwise : ask(question, terminal);
  const task = taskGiven(given) ?? ((await put({ text: "Task?", among: tasksAbout, otherwise: "rl" })) as TaskName);
  const { optimizers: known } = await import("../optim/create.js");
  const subject = await subjectOf(task, given, put);
  const among = { ...known };
  const several = { text: "Optimizers to compare, separated by commas?", among, several: true };
  const optimizers = given.optimizers ?? (await put({ ...several, otherwise: "rmsprop,adam" })).split(",").map(trim);
  const seeds = given.seeds ?? Number(await put({ text: "Seeds?", otherwise: "5", wrong: notPositive }));
  const tune =
    given.tune ?? (await put({ text: "Tune each learning rate first?", among: yesNo, otherwise: "yes" })) === "yes";
  return { name, subject, optimizers, seeds, tune, steps: given.steps };
}

const tasksAbout = { rl: "an agent on an environment", game: "players against each other", problem: "an objective" };
const yesNo = { yes: "", no: "" };
const trim = (text: string) => text.trim();
const notPositive = (text: string) => (/^[1-9]\d*$/.test(text) ? undefined : "expected an integer of at least 1");

/** The task that the options mean, by name or by an option that is its own. */
function taskGiven({ task, ...given }: InitAnswers): TaskName | undefined {
  const names = Object.keys(partsOf) as TaskName[];
  const meant = names.find((name) => partsOf[name].some((part) => given[part] !== undefined));
  const named = names.find((name) => name === task);
  if (task !== undefined && named === undefined) {
    throw new InputError(`--task: unknown name "${task}"${suggest(task, names)}`);
  }
  const foreign = names.filter((name) => name !== (named ?? meant)).flatMap((name) => partsOf[name]);
  const wrong = foreign.find((part) => given[part] !== undefined);
  if (wrong !== undefined) throw new InputError(`--${wrong}: the task ${named ?? meant} has none; leave it out`);
  return named ?? meant;
}

async function subjectOf(
  task: TaskName,
  { env, agent, game, problem }: InitAnswers,
  put: (question: Question & { readonly otherwise: string }) => Promise<string> | string,
): Promise<Subject> {
  if (task === "rl") {
    const { agents, environments } = await import("./registry.js");
    const id = env ?? (await put({ text: "Environment?", among: environments, otherwise: "CartPole-v1" }));
    return { task, env: id, agent: agent ?? (await put({ text: "Agent?", among: agents, otherwise: "a2c" })) };
  }
  if (task === "game") {
    const { games } = await import("./registry.js");
    const { isPlaneGan } = await import("../../gan/networks/options.js");
    const name = game ?? (await put({ text: "Game?", among: games, otherwise: "bilinear" }));
    return { task, game: name, isGan: isPlaneGan({ name }) };
  }
  const { describeAll } = await import("../config/definitions.js");
  const { problems } = await import("../problems/index.js");
  const name = problem ?? (await put({ text: "Problem?", among: describeAll([...problems]), otherwise: "quadratic" }));
  return { task, problem: name, observable: await firstObservable(name) };
}

/** By which a problem is scored. */
async function firstObservable(name: string): Promise<string> {
  const [{ check }, { definitionOf }, { problems }, { problemTaskSchema }, { Streams }] = await Promise.all([
    import("../config/check.js"),
    import("../config/definitions.js"),
    import("../problems/index.js"),
    import("../problems/task.js"),
    import("../rng/streams.js"),
  ]);
  const { problem } = check(problemTaskSchema, { problem: { name }, optimizer: { name: "sgd" } }, "--problem");
  return definitionOf<ProblemDefinition>(problems, name).create(problem, new Streams(1), "wasm").observables[0];
}
