import { z } from "zod";
import { agentSchema } from "../../../agents/definitions.js";
import type { RlTaskConfig } from "../../../agents/task-schema.js";
import { names, spec } from "../../../envs/registry.js";
import { type GameTaskConfig, gameTaskSchema } from "../../../gan/config.js";
import { smallGames } from "../../../gan/games/index.js";
import { isPlaneGan, planeGanSchema } from "../../../gan/networks/options.js";
import { schemasOf } from "../../config/definitions.js";
import { networkSchema } from "../../nn/spec.js";
import { optimizerFields } from "../../optim/create.js";
import type { Control, ControlGroup } from "../messages.js";
import { controlsOf } from "./controls.js";

const smallGameSchema = z.discriminatedUnion("name", schemasOf(smallGames));

/** The controls of a game of two players. */
export function gameGroups(
  config: GameTaskConfig,
  seed: number,
  players: readonly { readonly name: string }[],
): ControlGroup[] {
  const { game, optimizer, optimizers } = config;
  const gan = isPlaneGan(game);
  const run = gan
    ? ["order", "batch", "firstPlayerSteps", "twoTimeScale", "lookahead", "steps"]
    : ["order", "gradientNoise", "consensus", "firstPlayerSteps", "lookahead", "steps"];
  const common = gan ? { ...config, batch: config.batch ?? 256 } : config;
  const perPlayer = players.map(({ name }) => {
    const own = optimizers[name];
    const group = controlsOf(`Optimizer of ${name} alone`, optimizerFields, `optimizers.${name}`, own);
    return { ...group, controls: withNone(group.controls), aside: true };
  });
  return [
    controlsOf("Game", gan ? planeGanSchema : smallGameSchema, "game", game),
    controlsOf("Optimizer", optimizerFields, "optimizer", optimizer),
    ...perPlayer,
    withSeed(controlsOf("Run", gameTaskSchema, "", common, run), seed),
    ...(gan ? [{ ...controlsOf("Networks", networkSchema, "network", config.network ?? {}), aside: true }] : []),
  ];
}

/** The controls of a learner beside another. */
export function agentGroups(config: RlTaskConfig, other: RlTaskConfig, seed: number): ControlGroup[] {
  const drawn = names().filter((id) => spec(id).picture !== undefined);
  const environment: Control[] = [
    { path: "env.id", help: "what it learns on", value: config.env.id, input: { kind: "choice", options: drawn } },
  ];
  return [
    { title: "Environment", controls: environment },
    controlsOf("Optimizer of the left learner", optimizerFields, "optimizer", config.optimizer),
    controlsOf("Optimizer of the right learner", optimizerFields, "other.optimizer", other.optimizer),
    { ...controlsOf("Agent", agentSchema, "agent", config.agent), aside: true },
    withSeed(controlsOf("Run", runSchema, "", config), seed),
  ];
}

/** An optimizer of a player's own can be left out: it has that of both then. */
function withNone(controls: readonly Control[]): Control[] {
  return controls.map((control) =>
    control.path.endsWith(".name") && control.input.kind === "choice"
      ? {
          ...control,
          help: "as of both, unless chosen",
          input: { kind: "choice", options: ["", ...control.input.options] },
        }
      : control,
  );
}

const runSchema = z.object({
  steps: z.int().positive().describe("environment steps of the whole run, over all copies"),
});

/** A group folded away, with the seed first. */
export function withSeed(group: ControlGroup, seed: number): ControlGroup {
  const integer = {
    kind: "number",
    nullable: false,
    integer: true,
    low: 0,
    open: { low: false, high: false },
  } as const;
  const control: Control = { path: "seed", help: "of all random numbers", value: seed, input: integer };
  return { ...group, aside: true, controls: [control, ...group.controls] };
}
