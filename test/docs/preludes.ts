/** What stands around a block of a guide that is a part of a program: what it takes for granted. */
export interface Prelude {
  /** A line of the block. */
  readonly block: string;
  readonly before: string;
  readonly after?: string;
}

const vectors = `const params = new Float64Array([1, 2]);
const parameters = params;
const gradients = new Float64Array([0.1, -0.2]);
`;

export const preludes: readonly Prelude[] = [
  {
    block: 'processSpec({ command: ["python3"',
    before: `import { Streams } from "ringdown";\nconst streams = new Streams(1);`,
  },
  { block: "optimizer.step(params, gradients, state)", before: vectors },
  { block: "optimizer.step(parameters, gradients, state);     // in place", before: vectors },
  {
    block: 'play(game, "alternating", [optimizer, optimizer])',
    before: `import { createOptimizer } from "ringdown/optim";\nconst optimizer = createOptimizer({ name: "sgd" });`,
  },
  {
    block: "const trace = createTrace(",
    before: `import { createOptimizer, createTrace, restoreState, saveState } from "ringdown/optim";
${vectors}const optimizer = createOptimizer({ name: "rmsprop" });
const state = optimizer.init(parameters);
optimizer.step(parameters, gradients, state);`,
  },
  {
    block: "tfOptimizer(tf, createOptimizer(",
    before: `import * as tensorflow from "@tensorflow/tfjs";
import { createOptimizer, tfOptimizer } from "ringdown/optim";
const model = tensorflow.sequential({ layers: [tensorflow.layers.dense({ units: 1, inputShape: [1] })] });`,
  },
  {
    block: "export const mine = defineAgent({",
    before: `import { column } from "ringdown";
import { A2c as Mine, a2c } from "ringdown/agents";
import { defineAgent } from "../agents/agent.js";
import { updateColumns } from "../agents/tables.js";
const { schema } = a2c;`,
  },
  {
    block: "engine.record?.((layers) => {",
    before: `import { createEngine } from "ringdown";
const engine = createEngine("wasm");
const shape = { rows: 1, inputs: 2, outputs: 1, activation: "identity", slope: 0 } as const;
const [input, weights, bias, output] = [2, 2, 1, 1].map((size) => engine.allocate(size));`,
    after: "program?.();",
  },
  {
    block: 'const store = studyFolder("results/mine");',
    before: `import { loadStudy, planStudy, readStudy, runStudy, silentProgress, studyFolder, threadExecutor } from "ringdown";
import { gameTask } from "ringdown/gan";
const tasks = [gameTask];`,
  },
  {
    block: "export const decayTables = declareTables({",
    before: `import { column, declareTables, type Run, type RunContext, tableOf } from "ringdown";
declare const context: RunContext;
declare const run: Run;
const [step, x] = [1, 2];`,
  },
  {
    block: 'await loadTraining("cartpole")',
    before: `import { Streams } from "ringdown";
import { evaluate, loadTraining } from "ringdown/agents";
import { makeVector } from "ringdown/envs";`,
  },
  {
    block: "const difference = pairedDifference(scores",
    before: `const [scores, baselineScores] = [[3, 4, 6, 5], [1, 2, 2, 3]];`,
  },
  { block: "stratifiedBootstrapInterval(runsByTask", before: `const runsByTask = [[1, 2, 3], [2, 3, 5]];` },
];

/** Lines of blocks that are type-checked here and run elsewhere, or not at all. */
export const runElsewhere: readonly string[] = [
  // Needs a Python with Gymnasium.
  'command: ["python3", "gymnasium_server.py"',
  // Read results of minutes: test/reports/readme.test.ts runs them on such.
  'readStudy("results/',
  // Two lines of a task and one of a report, which are no program together.
  "export const decayTables = declareTables({",
];
