import { a2c } from "../../agents/a2c.js";
import { makeVector } from "../../envs/index.js";
import { createEngine } from "../kernels/create.js";
import { createOptimizer } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";
import type { Backend } from "./tfjs.js";
import { tfjsNetwork } from "./tfjs-network.js";

const [copies, rollout] = [64, 8];
const rows = copies * rollout;
const hidden = 64;
const name = `actor-critic update, ${rows} samples, two 64-64 tanh networks`;
const optimizer = { name: "rmsprop", lr: 1e-6, rho: 0.99 } as const;

/** Forward and backward of both networks, and the values of the states after the last step. */
const perRow = (outputs: number) => 4 * hidden + hidden * hidden + hidden * outputs;
const operations = 2 * (rows * (3 * (perRow(2) + perRow(1)) - 2 * 4 * hidden) + copies * perRow(1));

/** The agent's update from one rollout: values, advantages, losses, gradients, clipping, RMSprop. */
export function actorCriticUpdate(engineName: string): Subject {
  const engine = createEngine(engineName);
  const streams = new Streams(1);
  const env = makeVector("CartPole-v1", { copies, streams });
  const network = { hidden: [hidden, hidden], activation: "tanh", slope: 0 } as const;
  const parts = { engine, env, streams, optimizer: createOptimizer(optimizer, engine), network, steps: rows };
  const agent = a2c.create(a2c.schema.parse({ name: "a2c", rollout }), parts);
  agent.collect(rows, () => {});
  return { name, engine: engineName, operations, run: () => void agent.learn(false) };
}

/** The same losses, gradients and RMSprop on TensorFlow.js, from given advantages and returns. */
export function tfjsActorCriticUpdate({ tf, activate, engine }: Backend): Subject {
  const streams = new Streams(1);
  const [policy, value] = [2, 1].map((outputs) =>
    tfjsNetwork(tf, streams.get("init"), [4, hidden, hidden, outputs], "tanh"),
  );
  const numbers = (size: number) => {
    const vector = new Float32Array(size);
    streams.get("data").fillNormal(vector);
    return vector;
  };
  const [observations, advantages, returns] = [numbers(4 * rows), numbers(rows), numbers(rows)];
  const actions = Int32Array.from({ length: rows }, (_, i) => i % 2);
  const rule = tf.train.rmsprop(optimizer.lr, optimizer.rho);
  const loss = () => {
    const states = tf.tensor2d(observations, [rows, 4]);
    const logProbabilities = tf.logSoftmax(policy.forward(states));
    const chosen = tf.sum(tf.mul(logProbabilities, tf.oneHot(tf.tensor1d(actions, "int32"), 2)), 1);
    const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logProbabilities), logProbabilities), 1)));
    const errors = tf.sub(tf.tensor1d(returns), tf.squeeze(value.forward(states), [1]));
    const policyLoss = tf.neg(tf.mean(tf.mul(tf.tensor1d(advantages), chosen)));
    const valueLoss = tf.mul(0.25, tf.mean(tf.square(errors)));
    return tf.add(tf.sub(policyLoss, tf.mul(0.01, entropy)), valueLoss) as ReturnType<typeof tf.scalar>;
  };
  const variables = [...policy.variables, ...value.variables];
  const run = () => {
    tf.tidy(() => void rule.minimize(loss, false, variables));
    // Reading a parameter waits for whatever the backend still has to do.
    variables[0].dataSync();
  };
  return { name, engine, operations, prepare: activate, run };
}
