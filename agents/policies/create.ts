import type { EnvSpec } from "../../envs/dynamics.js";
import type { Box, Discrete } from "../../envs/spaces/index.js";
import type { Engine } from "../../src/kernels/engine.js";
import type { Refusal } from "../agent.js";
import { Gaussian } from "./gaussian.js";
import type { Policy } from "./policy.js";
import { Softmax } from "./softmax.js";
import { SquashedGaussian } from "./squashed.js";

/** The policies over actions from a box. */
export const actionPolicies = ["gaussian", "squashed"] as const;

/** Policy → a line about it, for listings; `softmax` is no choice but what discrete actions have. */
export const policyLines: Readonly<Record<(typeof actionPolicies)[number], string>> = {
  gaussian: "a normal for each coordinate of a box, its draws clipped to the box",
  squashed: "a normal for each coordinate, squashed into the box by tanh",
};

/** The choice of a policy over actions from a box. */
export interface PolicyOptions {
  /** Gaussian where left out. */
  readonly actions?: (typeof actionPolicies)[number];
  /** The deviation σ of its normals at the start, 1 where left out. */
  readonly initialDeviation?: number;
}

/**
 * Why an environment's actions and the choice of a policy do not go together, and where; nothing where they do.
 *
 * @param options an agent's, which may know no such choice
 */
export function refusedPolicy(
  { id, actionSpace }: EnvSpec,
  options: PolicyOptions & { readonly name: string },
): Refusal | undefined {
  const { kind } = actionSpace;
  if (kind === "discrete") {
    const given = (["actions", "initialDeviation"] as const).find((key) => options[key] !== undefined);
    if (given === undefined) return undefined;
    return { path: ["agent", given], message: `${id} takes ${actionSpace}: leave it out; the policy is a softmax` };
  }
  if (kind !== "box") {
    return { path: ["env", "id"], message: `agents choose one of n actions or from a box; ${id} takes ${actionSpace}` };
  }
  const { low, high } = actionSpace as Box;
  if (options.actions !== "squashed" || [...low, ...high].every(Number.isFinite)) return undefined;
  const message = `expected gaussian: squashing needs bounds, and ${id} takes ${actionSpace}`;
  return { path: ["agent", "actions"], message };
}

/**
 * The policy over an environment's actions.
 *
 * @param maxRows most rows of a batch
 */
export function createPolicy(
  engine: Engine,
  { actionSpace }: EnvSpec,
  { actions, initialDeviation }: PolicyOptions,
  maxRows: number,
): Policy {
  if (actionSpace.kind === "discrete") return new Softmax(engine, actionSpace as Discrete, maxRows);
  const OverBox = actions === "squashed" ? SquashedGaussian : Gaussian;
  return new OverBox(actionSpace as Box, maxRows, initialDeviation);
}
