import { expect, it } from "vitest";
import { evaluate, loadTraining, rlTaskSchema, TrainingRun } from "../../agents/index.js";
import { makeVector } from "../../envs/index.js";
import { Streams } from "../../src/rng/streams.js";
import { writeCheckpoint } from "../../src/study/checkpoint-file.js";
import { ColumnTable } from "../../src/study/column-table.js";
import { type TableDeclaration, typesOf } from "../../src/study/tables.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const folder = temporaryFolders();

const context = {
  seed: 3,
  engine: "wasm",
  table: ({ name, columns: always }: TableDeclaration, columns = always) => new ColumnTable(name, typesOf(columns)),
  progress() {},
};

it("loads a trained policy in two lines, to the actions that it had", async () => {
  const here = folder();
  const config = rlTaskSchema.parse({
    env: { id: "Pendulum-v1", copies: 2 },
    agent: { name: "ppo", rollout: 32, normaliseObservations: true, normaliseRewards: true },
    network: { hidden: [8], activation: "tanh" },
    steps: 640,
  });
  const run = new TrainingRun(config, context);
  while (run.advance());
  const spec = { task: "rl", config, seed: context.seed, engine: context.engine };
  await writeCheckpoint(here, spec, { step: run.step, state: run.save(), tables: run.tables });

  const score = async () => {
    const { agent, engine, config } = await loadTraining(here, "wasm");
    return evaluate(agent, engine, makeVector(config.env.id, { copies: 2, streams: new Streams(7) }), 3);
  };
  const returns = await score();
  expect(returns).toHaveLength(6);
  expect(await score()).toEqual(returns);
  // The running moments of what it observed came along: without them it would act otherwise.
  const { agent, engine } = await loadTraining(here, "wasm");
  expect(agent.state.parameters).toEqual(run.result().parameters[0]);
  const moments = agent.state.observationMoments as { readonly mean: Float64Array };
  expect(moments.mean.some((value) => value !== 0)).toBe(true);
  moments.mean.fill(5);
  expect(evaluate(agent, engine, makeVector("Pendulum-v1", { copies: 2, streams: new Streams(7) }), 3)).not.toEqual(
    returns,
  );
});
