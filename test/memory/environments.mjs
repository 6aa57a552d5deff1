// Steps 64 copies of CartPole and tells what a step leaves on the heap: node --expose-gc environments.mjs <drift as JSON>
//
// Prints one JSON object: `garbage`, bytes an environment step, the median over ten stretches after a warm-up.

import { makeVector } from "../../dist/envs/index.js";
import { Streams } from "../../dist/src/rng/streams.js";

const [, , drift] = process.argv;
const copies = 64;
const env = makeVector("CartPole-v1", { copies, streams: new Streams(1), drift: JSON.parse(drift) });
const actions = new Int32Array(copies);
env.reset();

let count = 0;
function play(steps) {
  for (let step = 0; step < steps; step++) {
    count++;
    for (let i = 0; i < copies; i++) actions[i] = (count + i) & 1;
    env.step(actions);
  }
}

const steps = 5000;
play(20 * steps);
const garbage = Array.from({ length: 10 }, () => {
  global.gc();
  const before = process.memoryUsage().heapUsed;
  play(steps);
  return (process.memoryUsage().heapUsed - before) / (steps * copies);
});
console.log(JSON.stringify({ garbage: garbage.sort((a, b) => a - b)[5] }));
