import { agents as describedAgents } from "../../agents/index.js";
import { processId } from "../../envs/options.js";
import { names as environmentNames, spec } from "../../envs/registry.js";
import { games as describedGames } from "../../gan/index.js";

export { engineLines, engineNames, resolveEngine } from "../kernels/create.js";
export { optimizers } from "../optim/index.js";
export { tasks } from "./tasks.js";

type Described = Readonly<Record<string, string>>;

export const agents: Described = describedAgents;
export const games: Described = describedGames;
export const environments: Described = {
  ...Object.fromEntries(environmentNames().map((id) => [id, spec(id).description])),
  [processId]: "an environment of another program, Gymnasium's for one (env.program, envs/process/README.md)",
};

/** The module that makes reports, loaded when one is built: charts need a canvas, which nothing else has to wait for. */
export const loadReports = () => import("../../reports/index.js");
