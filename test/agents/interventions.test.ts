import { describe, expect, it } from "vitest";
import { rlTask, rlTaskSchema, TrainingRun } from "../../agents/index.js";
import { ColumnTable } from "../../src/study/column-table.js";
import { type TableDeclaration, typesOf } from "../../src/study/tables.js";
import { record } from "../record.js";

const drift = [
  { parameter: "forceMag", schedule: { name: "at", steps: [800] }, update: { name: "cycle", values: [-10] } },
];
const config = (interventions: object[] | undefined, changes: object = {}) => ({
  env: { id: "CartPole-v1", copies: 4, drift },
  agent: { name: "a2c" },
  optimizer: { name: "rmsprop", rho: 0.99, biasCorrection: true },
  network: { hidden: [8] },
  steps: 2000,
  ...(interventions && { interventions }),
  ...changes,
});
// An update is made every 20 steps.
const run = (interventions?: object[], changes?: object) => record(rlTask, config(interventions, changes));
const updateOf = (tables: Awaited<ReturnType<typeof run>>["tables"], step: number) =>
  Array.from(tables.metrics.step).indexOf(step);

const context = {
  seed: 3,
  engine: "wasm",
  table: ({ name, columns: always }: TableDeclaration, columns = always) => new ColumnTable(name, typesOf(columns)),
  progress() {},
};

describe("interventions", () => {
  it("leave no trace before their time, and are recorded", async () => {
    const [plain, reset] = await Promise.all([run(), run([{ at: "change", do: "resetSquareAverage" }])]);
    const at = updateOf(plain.tables, 820);
    expect(reset.tables.metrics.updateNorm.slice(0, at)).toEqual(plain.tables.metrics.updateNorm.slice(0, at));
    expect(reset.tables.metrics.updateNorm[at]).not.toBe(plain.tables.metrics.updateNorm[at]);
    expect(reset.tables.interventions).toMatchObject({ step: [820], update: [40], intervention: [0] });
    expect(plain.tables.interventions).toBeUndefined();
  });

  it("come before the first update that learns from steps after their time", async () => {
    const byChange = await run([{ at: "change", do: "resetOptimizer" }]);
    const byStep = await run([{ at: 800, do: "resetOptimizer" }]);
    expect(byStep.tables).toEqual(byChange.tables);
    const later = await run([{ at: "change", after: 100, do: "resetOptimizer" }]);
    expect(Array.from(later.tables.interventions.step)).toEqual([920]);
    const often = await run([{ at: { every: 300 }, after: 1000, do: "resetSquareAverage" }]);
    expect(Array.from(often.tables.interventions.step)).toEqual([1320, 1620, 1920]);
  });

  it("reset RMSprop's v with its correction: every parameter's next step is η", async () => {
    const { tables } = await run([{ at: 1000, do: "resetSquareAverage" }]);
    const { updateNorm } = tables.metrics;
    // The first step of corrected RMSprop is ±η for each of the 58 + 49 parameters.
    const ofFirstStep = (step: number) => updateNorm[updateOf(tables, step)] / (0.002 * Math.sqrt(107));
    expect(Math.abs(ofFirstStep(1020) - 1)).toBeLessThan(0.001);
    expect(Math.abs(ofFirstStep(1000) - 1)).toBeGreaterThan(0.02);
  });

  it("keep Adam's momentum where only v is reset", async () => {
    const optimizer = { name: "adam", lr: 0.002 };
    const [squares, all] = await Promise.all(
      ["resetSquareAverage", "resetOptimizer"].map((what) => run([{ at: 1000, do: what }], { optimizer })),
    );
    const at = updateOf(squares.tables, 1020);
    expect(squares.tables.metrics.rootSquareAverage[at]).toBe(all.tables.metrics.rootSquareAverage[at]);
    expect(squares.tables.metrics.updateNorm[at]).not.toBe(all.tables.metrics.updateNorm[at]);
  });

  it("restart with the parameters that the run began with, without learning from what another policy played", async () => {
    const { result, tables } = await run([{ at: 1980, do: "restart" }]);
    const { result: untrained } = await run([{ at: 0, do: "freeze" }]);
    expect(result.parametersSha256).toEqual(untrained.parametersSha256);
    expect(tables.metrics.step.at(-1)).toBe(1980);
    const restarted = await run([{ at: 1000, do: "restart" }]);
    expect(restarted.result.parametersSha256).not.toEqual(untrained.parametersSha256);
  });

  it("freeze the policy, which plays on", async () => {
    const { tables, result } = await run([{ at: 1000, do: "freeze" }]);
    const stopped = await run(undefined, { steps: 1000 });
    expect(tables.metrics.step.at(-1)).toBe(1000);
    expect(Number(tables.episodes.step.at(-1))).toBeGreaterThan(1900);
    expect(result.parametersSha256).toEqual(stopped.result.parametersSha256);
  });

  it("work on an agent with normalisers and on whole episodes", async () => {
    const agents = [
      { name: "ppo", rollout: 20, minibatches: 1, normaliseObservations: true },
      { name: "reinforce", episodes: 2 },
    ];
    for (const agent of agents) {
      const copies = agent.name === "ppo" ? 4 : 1;
      const env = { id: "CartPole-v1", copies };
      const restart = await run([{ at: 400, do: "restart" }], { agent, env });
      const keep = await run(undefined, { agent, env });
      expect(restart.tables.interventions.step.length).toBe(1);
      expect(restart.result.parametersSha256).not.toEqual(keep.result.parametersSha256);
    }
  });

  it("are refused where they cannot come about", () => {
    const message = (interventions: object[], changes: object = {}) => {
      const { error } = rlTask.schema.safeParse(config(interventions, changes));
      return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    };
    expect(message([{ at: "changes", do: "freeze" }])).toContain(
      'interventions.0.at: expected "change", a step, or a map',
    );
    expect(message([{ at: 5, do: "stop" }])).toContain("interventions.0.do");
    expect(message([{ at: "change", do: "freeze" }], { env: { copies: 4 } })).toContain("a drift of the environment");
    expect(
      message([
        { at: 10, do: "restart" },
        { at: 2000, do: "restart" },
      ]),
    ).toContain("interventions.1.at: expected a time before the last of 2000 steps");
    expect(message([{ at: { every: 10 }, do: "freeze" }])).toContain("an agent that is frozen stays so");
    expect(message([])).toContain("interventions");
    const momentum = { optimizer: { name: "momentum" } };
    expect(message([{ at: 10, do: "resetSquareAverage" }], momentum)).toBeUndefined();
  });

  it("are refused where the optimizer has no mean square to reset", async () => {
    const lacking = run(
      [
        { at: 10, do: "freeze" },
        { at: 10, do: "resetSquareAverage" },
      ],
      { optimizer: { name: "momentum" } },
    );
    await expect(lacking).rejects.toThrow("interventions.1.do: expected an optimizer with a mean square");
  });

  it("go on from a checkpoint as if the run had never stopped: what is frozen stays so, what is due comes", () => {
    const checked = rlTaskSchema.parse(
      config([
        { at: "change", after: 400, do: "resetSquareAverage" },
        { at: 1600, do: "freeze" },
      ]),
    );
    const start = () => new TrainingRun(checked, context);
    const [whole, stopped, resumed] = [start(), start(), start()];
    while (whole.advance());
    while (stopped.step < 1000) stopped.advance();
    const rows = Object.fromEntries(stopped.tables.map((table) => [table.name, table.columns()]));
    resumed.restore(JSON.parse(JSON.stringify(stopped.save())), rows);
    while (resumed.advance());
    expect(resumed.result()).toEqual(whole.result());
    const columns = (run: TrainingRun) => run.tables.map((table) => table.columns());
    expect(columns(resumed)).toEqual(columns(whole));
    expect(Array.from(resumed.tables.find(({ name }) => name === "interventions")?.columns().step ?? [])).toEqual([
      1220, 1620,
    ]);
  });
});
