import { describe, expect, it } from "vitest";
import { normalizations } from "../../src/nn/normalization.js";
import {
  type ClassificationOptions,
  classification,
  classificationProblem,
} from "../../src/problems/classification.js";
import { problemTask } from "../../src/problems/task.js";
import { twoClasses } from "../../src/problems/two-classes.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";
import { record } from "../record.js";

const options = (changes: Partial<ClassificationOptions> = {}) =>
  classificationProblem.schema.parse({ name: "classification", network: { hidden: [5, 4] }, ...changes });
const create = (changes: Partial<ClassificationOptions> = {}) =>
  classification(options(changes), new Streams(1), "wasm");

describe("two classes", () => {
  it("lie along their curves where there is no noise, the one turned half around from the other", () => {
    const stream = new RandomStream(1, "data");
    const points = new Float32Array(2);
    const [moons, spirals] = [
      twoClasses({ name: "moons", deviation: 0 }),
      twoClasses({ name: "spirals", turns: 1, deviation: 0 }),
    ];
    const counts = { "-1": 0, "1": 0 };
    for (let i = 0; i < 400; i++) {
      const side = moons(stream, points, 0);
      counts[side]++;
      const [x, y] = [side * points[0] + 0.5, side * points[1] + 0.25];
      expect(Math.hypot(x, y)).toBeCloseTo(1, 6);
      expect(y).toBeGreaterThan(-1e-6);
      const arm = spirals(stream, points, 0);
      const radius = Math.hypot(points[0], points[1]);
      expect(arm * points[0]).toBeCloseTo(radius * Math.cos(2 * Math.PI * radius), 5);
    }
    expect(Math.abs(counts[1] - 200)).toBeLessThan(50);
  });
});

describe("the classification", () => {
  it.each(normalizations)("has the gradient of its loss on the batch, normalisation %s", (normalization) => {
    const changes = { network: options({ network: { hidden: [5, 4], normalization } } as never).network };
    const game = create(changes);
    const loss = game.gradient(0);
    expect(loss).toBeGreaterThan(0);
    const [{ gradients, parameters }] = game.players;
    const largest = Math.max(...Array.from(gradients, Math.abs));
    const step = 1 / 64;
    for (let k = 0; k < parameters.length; k += 3) {
      const [above, below] = [step, -step].map((change) => {
        const moved = create(changes);
        moved.players[0].parameters[k] += change;
        return moved.gradient(0);
      });
      expect(Math.abs((above - below) / (2 * step) - gradients[k])).toBeLessThan(0.01 * largest);
    }
  });

  it("shows, after the adversarial batch, the points that it would have shown without", () => {
    const [plain, attacked] = [create(), create({ adversarial: { at: [2], stretch: 10 } })];
    const losses = [plain, attacked].map((game) =>
      [1, 2, 3].map((round) => {
        const loss = game.gradient(0);
        game.afterRound?.(round);
        return loss;
      }),
    );
    expect(losses[1][0]).toBe(losses[0][0]);
    expect(losses[1][1]).not.toBe(losses[0][1]);
    expect(losses[1][2]).toBe(losses[0][2]);
  });

  it("has a spike of a gradient at the adversarial batch once it has learned", async () => {
    const run = async (adversarial?: ClassificationOptions["adversarial"]) => {
      const problem = { name: "classification", network: { hidden: [8] }, ...(adversarial && { adversarial }) };
      const optimizer = { name: "sgd", lr: 1 };
      const { tables } = await record(problemTask, { problem, optimizer, steps: 300 });
      return tables.metrics.normalisedStep;
    };
    const [plain, attacked] = [await run(), await run({ at: [300], stretch: 10 })];
    expect(attacked[298]).toBe(plain[298]);
    expect(attacked[299]).toBeGreaterThan(10 * plain[299]);
  });

  it("starts from smaller weights by a factor, and from the same biases", () => {
    const [usual, small] = [create(), create({ initialScale: 0.5 })].map(({ players }) => players[0].parameters);
    expect(Array.from(small)).toEqual(Array.from(usual, (value) => value / 2));
  });
});

describe("the score of a run", () => {
  const problem = { name: "quadratic", eigenvalues: [1], start: [1] };
  const optimizer = { name: "sgd", lr: 0.5 };

  it("is the mean of an observable over the last steps, whatever rows are kept", async () => {
    const score = { observable: "distance", last: 2 };
    const { result } = await record(problemTask, { problem, optimizer, steps: 4, every: 4, score });
    expect(result.summary.score).toBe((1 / 8 + 1 / 16) / 2);
  });

  it("is null where the run diverged", async () => {
    const diverging = { problem, optimizer: { name: "sgd", lr: 1e200 }, steps: 4, score: { observable: "distance" } };
    expect((await record(problemTask, diverging)).result.summary.score).toBeNull();
  });

  it("names the observable that is missing, and stands for no run that may end early", async () => {
    const config = { problem, optimizer, steps: 4 };
    await expect(record(problemTask, { ...config, score: { observable: "distanse" } })).rejects.toThrow(
      'score.observable: the problem has no observable "distanse"; did you mean "distance"?',
    );
    const until = { observable: "distance", below: 0.1 };
    await expect(record(problemTask, { ...config, until, score: { observable: "distance" } })).rejects.toThrow(
      "score: expected none beside until",
    );
  });
});
