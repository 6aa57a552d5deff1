// What somebody writes who has installed the package; compiled by strict TypeScript, libraries' own types checked too.
import { createEngine, Streams } from "ringdown";
import { rlTask } from "ringdown/agents";
import { dominant, periodogram } from "ringdown/dynamics";
import { make } from "ringdown/envs";
import { bilinear, createTarget, gameTask, planeGan, planeGanOptions, play } from "ringdown/gan";
import { createOptimizer } from "ringdown/optim";
import { buildReport } from "ringdown/reports";
import { studentInterval } from "ringdown/stats";
import { limitCycle } from "ringdown/theory";

const optimizer = createOptimizer({ name: "rmsprop", lr: 0.01, rho: 0.99, centered: true, momentum: 0.9 });
const params = new Float64Array([1, 2]);
optimizer.step(params, new Float64Array([0.5, -0.5]), optimizer.init(params.length));

const [observation] = make("CartPole-v1").reset({ seed: 1 });
const game = bilinear({ name: "bilinear", start: [1, 0] });
const { record, step } = play(game, "alternating", [optimizer, optimizer]);
step();

const streams = new Streams(1);
const options = planeGanOptions({ name: "ring" });
const network = { hidden: [16, 16], activation: "relu" } as const;
const gan = planeGan(options, createTarget(options), createEngine("wasm"), streams, { network, batch: 32 });
const training = play(gan, "alternating", [optimizer, optimizer]);
for (let round = 0; round < 20; round++) training.step();

const signal = Float64Array.from({ length: 64 }, (_, t) => Math.sin((2 * Math.PI * t) / 8));
console.log(
  JSON.stringify({
    params: [...params],
    observation: [...(observation as Float32Array)],
    updateNorms: [...record.updateNorms],
    normal: streams.get("data").normal(),
    tasks: [rlTask.name, gameTask.name],
    samples: gan.sample(streams.get("evaluation/samples"), 5).length,
    period: Math.round(dominant(periodogram(signal)).period),
    radius: limitCycle({ order: "simultaneous", lr: 0.01, beta1: 0, beta2: 0.99 }).radius.toFixed(4),
    mean: studentInterval([1, 2, 3]).estimate,
    report: typeof buildReport,
  }),
);
