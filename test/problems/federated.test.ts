import { describe, expect, it } from "vitest";
import { federated } from "../../src/problems/federated.js";
import { problemTask } from "../../src/problems/task.js";
import { Streams } from "../../src/rng/streams.js";
import {
  clientsRest,
  clientsStep,
  descentStep,
  normalisedStep,
  serverStep,
  stepsToBeSure,
} from "../../src/theory/federated.js";
import { record } from "../record.js";

const problem = { name: "federated", centres: [0, 4], deviations: [0, 0], start: 0, copies: 1 };

describe("the federated problem", () => {
  it("moves the model by the clients' gradients, weighted by their shares", async () => {
    const shares = [3, 1];
    const { tables } = await record(problemTask, {
      problem: { ...problem, shares },
      optimizer: { name: "sgd", lr: 0.5 },
      steps: 1,
    });
    // gradient ¾ · 0 + ¼ · (−4) = −1
    expect(tables.metrics.position[0]).toBeCloseTo(0.5, 12);
    expect(tables.metrics.loss0[0]).toBeCloseTo(0.125, 12);
    expect(tables.metrics.loss1[0]).toBeCloseTo(6.125, 12);
    expect(tables.metrics.loss[0]).toBeCloseTo((3 * 0.125 + 6.125) / 4, 12);
  });

  it("is the same for gradient descent at the server and at the clients, averaged at every step", async () => {
    const run = async (rule: string) =>
      record(problemTask, {
        problem: { ...problem, deviations: [1, 2], copies: 3, rule },
        optimizer: { name: "sgd", lr: 0.1 },
        steps: 20,
      });
    const [server, clients] = [await run("server"), await run("clients")];
    clients.tables.metrics.position.forEach((position, i) => {
      expect(position).toBeCloseTo(server.tables.metrics.position[i], 12);
    });
    expect(clients.tables.metrics.sent.at(-1)).toBe(server.tables.metrics.sent.at(-1));
  });

  it("sends parameters only when they are averaged, and counts both ways", () => {
    const game = federated({ ...problem, name: "federated", rule: "clients", localSteps: 5 }, new Streams(1));
    const out = new Float64Array(game.observables.length);
    for (let round = 1; round <= 12; round++) {
      game.players[0].parameters[0] = round;
      game.afterRound?.(round);
    }
    game.observe(out);
    expect(out[game.observables.indexOf("sent")]).toBe(2 * 2 * 2);
    // Averaged at rounds 5 and 10, the second client then has (10 + 2.5)/2.
    expect(game.players[1].parameters[0]).toBe(6.25);
  });

  it("refuses local steps where every gradient goes to the server", async () => {
    const wrong = { problem: { ...problem, localSteps: 2 }, optimizer: { name: "sgd" } };
    await expect(record(problemTask, wrong)).rejects.toThrow(
      "problem.localSteps: expected 1 where the optimizer works at the server",
    );
  });
});

describe("the laws of a step", () => {
  const clients = [1, 1, 1, 1, 1, 1, 1, 1, 1, 100].map((deviation) => ({ share: 0.1, mean: 1, deviation }));

  it("are those of a mean gradient and of ten normalised ones", () => {
    expect(serverStep(clients).advance).toBeCloseTo(1 / Math.sqrt(1 + 10009 / 100), 12);
    expect(clientsStep(clients).advance).toBeCloseTo(0.9 * Math.SQRT1_2 + 0.1 / Math.sqrt(10001), 12);
  });

  it("make a global v under much noise as unsure as plain descent", () => {
    expect(stepsToBeSure(serverStep(clients)) / stepsToBeSure(descentStep(clients))).toBeCloseTo(1, 1);
    expect(stepsToBeSure(clientsStep(clients))).toBeLessThan(1);
  });

  it("have the variance of many steps of a long memory", () => {
    const stream = new Streams(1).get("noise");
    const [rho, steps, repetitions] = [0.98, 2000, 400];
    const ways = Array.from({ length: repetitions }, () => {
      let [v, way] = [2, 0];
      for (let t = 0; t < steps; t++) {
        const g = 1 + stream.normal();
        v = rho * v + (1 - rho) * g * g;
        way += g / Math.sqrt(v);
      }
      return way;
    });
    const mean = ways.reduce((sum, way) => sum + way, 0) / repetitions;
    const variance = ways.reduce((sum, way) => sum + (way - mean) * (way - mean), 0) / (repetitions - 1);
    const law = normalisedStep(1, 1);
    expect(mean / steps / law.advance).toBeCloseTo(1, 1);
    // A variance of 400 repetitions has a relative standard error of 7 %; three of them.
    expect(Math.abs(variance / steps / law.variance - 1)).toBeLessThan(0.21);
  });

  it("rest at a median without noise, and at the mean where all noise is large and equal", () => {
    const at = (deviation: number) => clientsRest([0, 1, 8].map((centre) => ({ share: 1 / 3, centre, deviation })));
    expect(at(1e-6)).toBeCloseTo(1, 4);
    expect(at(1e6)).toBeCloseTo(3, 4);
  });
});
