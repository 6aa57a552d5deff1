// Runs a task once and tells its memory: node --expose-gc run.mjs <task> <configuration as JSON> <engine>
//
// Prints one JSON object, its lists over the tenths of the run from the second on: `heap` and `arrayBuffers` (bytes in
// use after a collection of garbage), `resident` (bytes that the process holds), and `garbage` (bytes a row of the
// table `metrics` that were allocated during the next hundredth of the run, on the heap and in array buffers). Rows are
// counted, not kept: a table grows, and that is what it is for.

import { tasks } from "../../dist/src/cli/tasks.js";
import { check } from "../../dist/src/config/check.js";

const [name, input, engine] = process.argv.slice(2);
const task = tasks.find((known) => known.name === name);
const config = check(task.schema, JSON.parse(input), "memory");

let rows = 0;
const table = ({ name }) => {
  let own = 0;
  const append = () => {
    own++;
    if (name === "metrics") rows = own;
  };
  return {
    append,
    appendRow: append,
    get rows() {
      return own;
    },
  };
};

const seen = { heap: [], arrayBuffers: [], resident: [], garbage: [] };
let next = 0.1;
let before;
/** Bytes in use, garbage that is not collected yet included. */
function inUse() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
function progress(share) {
  if (before !== undefined) {
    seen.garbage.push((inUse() - before.bytes) / (rows - before.rows));
    before = undefined;
  } else if (share > next) {
    next += 0.1;
    global.gc();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    seen.heap.push(heapUsed);
    seen.arrayBuffers.push(arrayBuffers);
    seen.resident.push(rss);
    before = { bytes: inUse(), rows };
  }
}

const { outcome } = await task.run(config, { seed: 1, engine, table, progress });
console.log(JSON.stringify({ outcome: outcome.kind, rows, ...seen }));
