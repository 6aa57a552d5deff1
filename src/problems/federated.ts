import { z } from "zod";
import type { Game, Player } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const tenOf = (value: number) => new Array<number>(10).fill(value);

const federatedSchema = z
  .strictObject({
    name: z.literal("federated"),
    rule: z
      .enum(["server", "clients"])
      .default("server")
      .describe("where the optimizer works: on the mean of all gradients, or at each client on its own"),
    localSteps: z.int().positive().default(1).describe("of the clients between two averagings of their parameters"),
    centres: z.array(z.number()).min(2).default(tenOf(0)).describe("c, where each client's loss is least"),
    deviations: z.array(z.number().nonnegative()).default(tenOf(1)).describe("σ of each client's gradient"),
    shares: z
      .array(z.number().positive())
      .optional()
      .describe("of each client in the mean, up to a factor; default: equal"),
    start: z.number().default(1).describe("θ of every parameter"),
    copies: z.int().positive().default(100).describe("parameters: independent repetitions"),
  })
  .refine(({ centres, deviations }) => deviations.length === centres.length, {
    message: "expected as many deviations as there are centres",
    path: ["deviations"],
  })
  .refine(({ centres, shares }) => shares === undefined || shares.length === centres.length, {
    message: "expected as many shares as there are centres",
    path: ["shares"],
  })
  .refine(({ rule, localSteps }) => rule === "clients" || localSteps === 1, {
    message: "expected 1 where the optimizer works at the server, to which every gradient is sent",
    path: ["localSteps"],
  });
export type FederatedOptions = z.output<typeof federatedSchema>;

/** Each client's share of the whole: they add up to 1. */
export function sharesOf({ centres, shares }: Pick<FederatedOptions, "centres" | "shares">): number[] {
  const given = shares ?? centres.map(() => 1);
  const sum = given.reduce((total, share) => total + share, 0);
  return given.map((share) => share / sum);
}

/**
 * Clients with losses and noise of their own and one model between them, many copies of it side by side:
 *
 *     f_k = ½ (θ − c_k)²,   g_k = θ − c_k + σ_k n,   n ~ N(0, 1) from stream `noise`,   L = Σ w_k f_k
 *
 * With the rule at the server there is one player, whose gradient is Σ w_k g_k. With the rule at the clients each is a
 * player with parameters and an optimizer of its own; after every `localSteps` rounds all take Σ w_k θ_k, and keep their
 * optimizers' states. Both draw the same noise.
 *
 * Observed of the mean model Σ w_k θ_k: `position` and `spread`, its mean and standard deviation over the copies;
 * `loss`, L; `loss<k>`, f_k; and `sent`, how many numbers have gone to the server and back, a parameter.
 *
 * Source: McMahan et al. (2017), federated averaging; Reddi et al. (2021), adaptive rules at the server.
 */
export function federated(options: FederatedOptions, streams: Streams): Game {
  const { rule, localSteps, centres, deviations, start, copies } = options;
  const noise = streams.get("noise");
  const shares = sharesOf(options);
  const player = (name: string): Player => ({
    name,
    parameters: new Float64Array(copies).fill(start),
    gradients: new Float64Array(copies),
  });
  const players = rule === "server" ? [player("server")] : centres.map((_, k) => player(`client${k}`));
  /** Adds w times a client's gradient at some parameters to a vector; returns the client's loss there. */
  const addGradient = (client: number, { parameters, gradients }: Player, weight: number) => {
    let loss = 0;
    for (let i = 0; i < copies; i++) {
      const distance = parameters[i] - centres[client];
      gradients[i] += weight * (distance + deviations[client] * noise.normal());
      loss += (distance * distance) / 2;
    }
    return loss / copies;
  };
  const model = new Float64Array(copies);
  const average = () => {
    model.fill(0);
    for (let k = 0; k < players.length; k++) {
      const share = rule === "server" ? 1 : shares[k];
      for (let i = 0; i < copies; i++) model[i] += share * players[k].parameters[i];
    }
  };
  let sent = 0;
  return {
    name: "federated",
    players,
    gradient(index) {
      players[index].gradients.fill(0);
      if (rule === "clients") return addGradient(index, players[index], 1);
      return shares.reduce((loss, share, k) => loss + share * addGradient(k, players[0], share), 0);
    },
    observables: ["position", "spread", "loss", ...centres.map((_, k) => `loss${k}`), "sent"],
    observe(out) {
      average();
      let [sum, squares] = [0, 0];
      for (let i = 0; i < copies; i++) {
        sum += model[i];
        squares += model[i] * model[i];
      }
      const mean = sum / copies;
      const variance = Math.max(0, squares / copies - mean * mean);
      const losses = centres.map((centre) => ((mean - centre) * (mean - centre) + variance) / 2);
      const loss = losses.reduce((total, one, k) => total + shares[k] * one, 0);
      out.set([mean, Math.sqrt(variance), loss, ...losses, sent]);
    },
    afterRound(round) {
      if (round % localSteps !== 0) return "same";
      sent += 2 * centres.length;
      if (rule === "clients") {
        average();
        for (const { parameters } of players) parameters.set(model);
      }
      return "same";
    },
  };
}

export const federatedProblem = defineProblem({
  description:
    "clients with losses and noise of their own and one model: the optimizer at the server or at each client",
  schema: federatedSchema,
  create: federated,
});
