import { type DriftInput, makeVector } from "../../envs/index.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";

const copies = 64;

/** The drift of CartPole while it is stepped. */
const drifts: Readonly<Record<string, DriftInput>> = {
  "no drift": [],
  "a jump every 1000 steps": [
    { parameter: "length", schedule: { name: "every", period: 1000 }, update: { name: "cycle", values: [0.4, 0.6] } },
  ],
  "a sine at every step": [
    { parameter: "length", schedule: { name: "always" }, update: { name: "sine", amplitude: 0.1, period: 10_000 } },
  ],
  "a random walk at every step": [
    { parameter: "gravity", schedule: { name: "always" }, update: { name: "randomWalk", deviation: 0.001 } },
  ],
};

/** One step of 64 copies of CartPole: actions, physics, automatic resets and drift; no agent. */
export function environmentSteps(): Subject[] {
  return Object.entries(drifts).map(([what, drift]) => {
    const env = makeVector("CartPole-v1", { copies, streams: new Streams(1), drift });
    const actions = new Int32Array(copies);
    let count = 0;
    env.reset();
    return {
      name: `CartPole, ${copies} copies, ${what}`,
      engine: "typescript",
      operations: null,
      run() {
        count++;
        for (let i = 0; i < copies; i++) actions[i] = (count + i) & 1;
        env.step(actions);
      },
      stepsPerCall: copies,
    };
  });
}
