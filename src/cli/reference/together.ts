import { rlTaskSchema } from "../../../agents/task-schema.js";
import { gameTaskSchema } from "../../../gan/config.js";
import type { Kind } from "./kinds.js";

/** The options of the task `game` that not every game has, each with a value that it could take. */
const optionsOfGames: Readonly<Record<string, unknown>> = {
  network: {},
  discriminator: {},
  batch: 8,
  averaging: {},
  snapshots: 2,
  consensus: 0.1,
  gradientNoise: 0.1,
  field: 5,
  twoTimeScale: 2,
};

/** The kinds with what does not go together, as the schemas of tasks refuse it: agents and environments, games and options. */
export function withRefusals(kinds: readonly Kind[]): readonly Kind[] {
  const namesOf = (kind: string) => kinds.find(({ name }) => name === kind)?.entries.map(({ name }) => name) ?? [];
  const [agents, envs] = [namesOf("agents"), namesOf("envs")];
  const refused: Readonly<Record<string, (name: string) => readonly string[]>> = {
    agents: (agent) => envs.filter((id) => refusesTogether(id, agent)),
    envs: (id) => agents.filter((agent) => refusesTogether(id, agent)),
    games: (name) => Object.keys(optionsOfGames).filter((key) => refusesOption(name, key)),
  };
  return kinds.map((kind) => {
    const refusals = refused[kind.name];
    if (refusals === undefined) return kind;
    return { ...kind, entries: kind.entries.map((entry) => ({ ...entry, not: refusals(entry.name) })) };
  });
}

/** Whether the agent's definition objects to the environment: its other objections are to steps and copies. */
function refusesTogether(id: string, agent: string): boolean {
  const { error } = rlTaskSchema.safeParse({ env: { id }, agent: { name: agent } });
  return error?.issues.some(({ path: [first] }) => first === "agent" || first === "env") ?? false;
}

function refusesOption(game: string, key: string): boolean {
  const made = game === "custom" ? { module: "game.mjs" } : game === "points" ? { file: "points.csv" } : {};
  const config = { game: { name: game, ...made }, optimizer: { name: "sgd" }, [key]: optionsOfGames[key] };
  return gameTaskSchema.safeParse(config).error?.issues.some(({ path: [first] }) => first === key) ?? false;
}
