import type { RandomStream } from "../src/rng/random-stream.js";
import type { Actor } from "./networks.js";
import type { Policy } from "./policies/policy.js";

/**
 * Draws the policy's actions for observations [rows, observation size].
 *
 * @param actions [rows, action width], overwritten; not yet what the environment takes
 * @returns what the network said, [rows, policy outputs], valid until its next forward
 */
export function drawActions(
  { policy: { net, parameters }, own }: Actor,
  policy: Policy,
  observations: Float32Array,
  stream: RandomStream,
  actions: Float32Array,
): Float32Array {
  const outputs = net.forward(parameters, observations, actions.length / policy.width);
  policy.sample(outputs, own.parameters, stream, actions);
  return outputs;
}

/**
 * Chooses the environment's actions for observations [rows, observation size].
 *
 * @param actions [rows, action width], overwritten with elements of the action space
 * @param stream draws them; without one each is the policy's mode
 */
export function chooseActions(
  actor: Actor,
  policy: Policy,
  observations: Float32Array,
  actions: Float32Array,
  stream?: RandomStream,
): void {
  if (stream !== undefined) drawActions(actor, policy, observations, stream, actions);
  else {
    const { net, parameters } = actor.policy;
    const outputs = net.forward(parameters, observations, actions.length / policy.width);
    policy.mode(outputs, actor.own.parameters, actions);
  }
  policy.execute(actions, actions);
}
