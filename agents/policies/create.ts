import type { EnvSpec } from "../../envs/dynamics.js";
import type { Box, Discrete } from "../../envs/spaces/index.js";
import type { Engine } from "../../src/kernels/engine.js";
import { Gaussian } from "./gaussian.js";
import type { Policy } from "./policy.js";
import { Softmax } from "./softmax.js";
import { SquashedGaussian } from "./squashed.js";

/** The policies over actions from a box. */
export const actionPolicies = ["gaussian", "squashed"] as const;
export type ActionPolicy = (typeof actionPolicies)[number];

/**
 * Why an environment's actions and the choice of a policy do not go together, and which of the two is at fault; nothing
 * where they do.
 */
export function refusedPolicy(
  { id, actionSpace }: EnvSpec,
  choice: ActionPolicy | undefined,
): { at: "env" | "actions"; message: string } | undefined {
  const { kind } = actionSpace;
  if (kind === "discrete") {
    if (choice === undefined) return undefined;
    return { at: "actions", message: `${id} takes ${actionSpace}: leave it out; its policy is a softmax` };
  }
  if (kind !== "box")
    return { at: "env", message: `agents choose one of n actions or from a box; ${id} takes ${actionSpace}` };
  const { low, high } = actionSpace as Box;
  if (choice !== "squashed" || [...low, ...high].every(Number.isFinite)) return undefined;
  return { at: "actions", message: `expected gaussian: squashing needs bounds, and ${id} takes ${actionSpace}` };
}

/**
 * The policy over an environment's actions.
 *
 * @param choice among those over a box; gaussian where left out
 * @param maxRows most rows of a batch
 */
export function createPolicy(
  engine: Engine,
  { actionSpace }: EnvSpec,
  choice: ActionPolicy | undefined,
  maxRows: number,
): Policy {
  if (actionSpace.kind === "discrete") return new Softmax(engine, actionSpace as Discrete, maxRows);
  const box = actionSpace as Box;
  return choice === "squashed" ? new SquashedGaussian(box, maxRows) : new Gaussian(box, maxRows);
}
