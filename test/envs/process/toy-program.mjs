// A program that speaks the protocol of envs/process/README.md, in as many ways as a test wants:
//   node toy-program.mjs [right | dies | garbage | silent | future | wrong | refuses]
//
// A copy starts at seed % 10 and moves by its action times `stride`; the reward is where it stands. It ends at 20 or
// more, and is cut off after 5 steps where that comes first.
import { createInterface } from "node:readline";

const [manner = "right"] = process.argv.slice(2);
let copies = [];
let stride = 1;

const description = {
  protocol: manner === "future" ? 2 : 1,
  name: "Toy-v0",
  version: "toy 1",
  observationSpace: { kind: "box", low: [null, 0], high: [null, 5] },
  actionSpace: { kind: "discrete", n: 3, start: 0 },
  maxEpisodeSteps: null,
  parameters: { stride: { default: 1, description: "how far an action moves", positive: true } },
};

const operations = {
  make({ copies: count }) {
    copies = Array.from({ length: count }, () => ({ x: 0, steps: 0, over: false }));
    return description;
  },
  reset({ copy, seed }) {
    copies[copy] = { x: seed % 10, steps: 0, over: false };
    return { observation: [copies[copy].x, 0] };
  },
  step({ actions }) {
    const results = copies.map((copy, i) => {
      if (copy.over) return { observation: [copy.x, copy.steps], reward: 0, terminated: true, truncated: false };
      copy.x += actions[i] * stride;
      copy.steps++;
      const [terminated, truncated] = [copy.x >= 20, copy.steps === 5];
      copy.over = terminated || truncated;
      return { observation: [copy.x, copy.steps], reward: copy.x, terminated, truncated };
    });
    const column = (key) => results.map((result) => result[key]);
    return {
      observations: manner === "wrong" ? [[1]] : column("observation"),
      rewards: column("reward"),
      terminated: column("terminated"),
      truncated: column("truncated"),
    };
  },
  set({ parameters }) {
    stride = parameters.stride;
    return {};
  },
};

let steps = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...request } = JSON.parse(line);
  if (op === "step") steps++;
  if (steps === 3) {
    if (manner === "dies") {
      console.error("the toy is broken");
      process.exit(3);
    }
    if (manner === "silent") continue;
  }
  if (steps === 3 && manner === "garbage") console.log("hello?");
  else if (steps === 3 && manner === "refuses") console.log(JSON.stringify({ error: "no more\nof this" }));
  else console.log(JSON.stringify(operations[op](request)));
}
