// What somebody writes who has installed the package; compiled by strict TypeScript, libraries' own types checked too.
import { Streams } from "ringdown";
import { rlTask } from "ringdown/agents";
import { make } from "ringdown/envs";
import { bilinear, gameTask, play } from "ringdown/gan";
import { createOptimizer } from "ringdown/optim";
import { buildReport } from "ringdown/reports";
import { pairedDifference, tTest } from "ringdown/stats";

const optimizer = createOptimizer({ name: "rmsprop", lr: 0.01, rho: 0.99, centered: true, momentum: 0.9 });
const params = new Float64Array([1, 2]);
optimizer.step(params, new Float64Array([0.5, -0.5]), optimizer.init(params.length));

const [observation] = make("CartPole-v1").reset({ seed: 1 });
const game = bilinear({ name: "bilinear", start: [1, 0] });
const { record, step } = play(game, "alternating", [optimizer, optimizer]);
step();

const streams = new Streams(1);
console.log(
  JSON.stringify({
    params: [...params],
    observation: [...(observation as Float32Array)],
    updateNorms: [...record.updateNorms],
    normal: streams.get("data").normal(),
    tasks: [rlTask.name, gameTask.name],
    report: typeof buildReport,
    p: tTest(pairedDifference([3, 5, 4], [1, 2, 4])).p,
  }),
);
