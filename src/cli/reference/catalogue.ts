import { agentSchema } from "../../../agents/definitions.js";
import { interventionLines } from "../../../agents/interventions.js";
import { policyLines } from "../../../agents/policies/create.js";
import { scheduleSchema as driftScheduleSchema, driftSchedules } from "../../../envs/drift/build-schedule.js";
import { driftUpdates, updateSchema } from "../../../envs/drift/build-update.js";
import { smallGames } from "../../../gan/games/index.js";
import { logitLossLines } from "../../../gan/losses/logit-losses.js";
import { planeGanSchema } from "../../../gan/networks/options.js";
import { claims } from "../../../reports/chapters/claims.js";
import { sources } from "../../../reports/cures/sources.js";
import type { Report } from "../../../reports/parts/report.js";
import { describeAll, schemasOf } from "../../config/definitions.js";
import { normalizationLines } from "../../nn/normalization.js";
import { activationLines } from "../../nn/spec.js";
import { optimizerFields } from "../../optim/create.js";
import { customDefinition } from "../../optim/custom.js";
import { scheduleSchema, schedules } from "../../optim/index.js";
import { orderLines } from "../../play/orders.js";
import { problems } from "../../problems/index.js";
import { loadStudy } from "../../study/load.js";
import { experimentSchema, studySchema } from "../../study/schema.js";
import { agents, engineLines, games, loadReports, optimizers, tasks } from "../registry.js";
import { builtInStudies, findStudy } from "../studies.js";
import { environmentEntries } from "./environments.js";
import { type Entry, type Kind, named, parts } from "./kinds.js";
import { withRefusals } from "./together.js";

/** Everything that can be named, by kind: what `list` lists, `help` explains, and the documentation has pages of. */
export function catalogue(): Promise<readonly Kind[]> {
  known ??= everyKind();
  return known;
}

let known: Promise<readonly Kind[]> | undefined;

async function everyKind(): Promise<readonly Kind[]> {
  const { reports } = await loadReports();
  return withRefusals([
    {
      name: "envs",
      one: "environment",
      where: "--env, env.id",
      folders: ["envs"],
      entries: environmentEntries(),
    },
    {
      name: "agents",
      one: "agent",
      where: "--agent, agent.name",
      key: ["agent"],
      folders: ["agents"],
      entries: parts(agentSchema, agents),
    },
    {
      name: "optimizers",
      one: "optimizer",
      where: "--optimizer, optimizer.name",
      key: ["optimizer"],
      folders: ["src/optim"],
      entries: parts(optimizerFields, { ...optimizers, custom: customDefinition.description }),
    },
    {
      name: "games",
      one: "game",
      where: "ringdown play, game.name",
      key: ["game"],
      folders: ["gan/games", "gan/targets"],
      entries: [...parts({ options: schemasOf(smallGames) }, describeAll(smallGames)), ...parts(planeGanSchema, games)],
    },
    {
      name: "studies",
      one: "study",
      where: "ringdown run",
      folders: ["reports"],
      entries: builtInStudies().map(studyEntry),
    },
    {
      name: "problems",
      one: "problem",
      where: "problem.name of the task problem",
      key: ["problem"],
      folders: ["src/problems"],
      entries: parts({ options: schemasOf(problems) }, describeAll(problems)),
    },
    { name: "tasks", one: "task", where: "experiments.<name>.task", entries: tasks.map(taskEntry) },
    {
      name: "schedules",
      one: "schedule of the learning rate",
      where: "optimizer.schedule.name",
      key: ["optimizer", "schedule"],
      folders: ["src/optim/around"],
      entries: parts(scheduleSchema, schedules),
    },
    {
      name: "driftSchedules",
      one: "schedule of a drift",
      where: "env.drift.<n>.schedule.name",
      key: ["env", "drift", "schedule"],
      folders: ["envs/drift/schedules"],
      entries: parts(driftScheduleSchema, driftSchedules),
    },
    {
      name: "driftUpdates",
      one: "update of a drift",
      where: "env.drift.<n>.update.name",
      key: ["env", "drift", "update"],
      folders: ["envs/drift/updates", "envs/drift/distributions"],
      entries: parts(updateSchema, driftUpdates),
    },
    { name: "files", one: "file", where: "ringdown run", entries: fileEntries },
    { name: "orders", one: "order of the players", where: "--order, order", entries: named(orderLines) },
    {
      name: "losses",
      one: "loss of a GAN",
      where: "game.loss",
      entries: named({
        ...logitLossLines,
        relativistic: "non-saturating on pairs: −ln σ(t − u) and −ln σ(u − t); 2D GANs only (Jolicoeur-Martineau 2019)",
      }),
    },
    { name: "policies", one: "policy over actions from a box", where: "agent.actions", entries: named(policyLines) },
    { name: "activations", one: "activation", where: "network.activation", entries: named(activationLines) },
    {
      name: "normalizations",
      one: "normalisation",
      where: "network.normalization",
      entries: named(normalizationLines),
    },
    {
      name: "interventions",
      one: "intervention in a training",
      where: "interventions.<n>.do",
      entries: named(interventionLines),
    },
    { name: "metrics", one: "metric", where: "tune.metric, ringdown compare --metric", entries: metricEntries() },
    { name: "engines", one: "engine", where: "--engine", entries: named(engineLines) },
    { name: "reports", one: "report", where: "the name of a study", entries: reportEntries(reports) },
    {
      name: "claims",
      one: "claim",
      where: "ringdown run chapters --only",
      entries: claims.map(({ name, words, source }) => ({ name, line: words, more: [`Source: ${source}`] })),
    },
    {
      name: "cures",
      one: "cure of a GAN that swings",
      where: "conditions of the study cures",
      entries: Object.entries(sources).map(([name, { by, says }]) => ({ name, line: `${by}: ${says}` })),
    },
  ]);
}

const fileEntries: readonly Entry[] = [
  {
    name: "study",
    line: "a study file, YAML: experiments, each with a grid of conditions and seeds",
    schema: studySchema,
  },
  {
    name: "experiment",
    line: "an experiment of a study file; the keys of its config are those of its task",
    schema: experimentSchema,
  },
];

function taskEntry({ name, description, schema }: (typeof tasks)[number]): Entry {
  return { name, line: description, schema };
}

function studyEntry(name: string): Entry {
  const { study } = loadStudy(findStudy(name));
  const experiments = Object.keys(study.experiments);
  return {
    name,
    line: study.title ?? "",
    more: [
      `Experiments: ${experiments.join(", ")}.`,
      `ringdown run ${name} runs it${study.quick === undefined ? "" : ", with --quick its short version"}; --only names experiments.`,
    ],
  };
}

function reportEntries(reports: Readonly<Record<string, Report>>): Entry[] {
  const own = Object.entries(reports).map(([name, { needs }]) => ({
    name,
    line: `of the study ${name}: reads ${needs.length} of its experiments, by measures of its own`,
    more: [`Experiments that it reads: ${needs.join(", ")}.`],
  }));
  return [...own, { name: "general", line: "of every other study: courses, comparisons of its conditions, tuning" }];
}

/** The fields of runs' summaries, those of several tasks once. */
function metricEntries(): Entry[] {
  const found = new Map<string, Entry>();
  for (const { name: task, summary } of tasks) {
    for (const [name, { meaning, unit }] of Object.entries(summary)) {
      const line = `${meaning}${unit === undefined ? "" : ` [${unit}]`} (${task})`;
      const before = found.get(name);
      found.set(name, { name, line: before === undefined ? line : `${before.line}; ${line}` });
    }
  }
  return [...found.values()];
}
