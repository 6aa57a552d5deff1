import { describe, expect, it } from "vitest";
import { dirac } from "../../../gan/games/dirac.js";
import { gameTask } from "../../../gan/task.js";
import { jacobianAt } from "../../../src/play/game.js";
import { flowEigenvalues } from "../../../src/theory/flow.js";
import { record } from "../../record.js";

const losses = ["minimax", "nonSaturating", "wasserstein", "leastSquares", "hinge"] as const;
type Loss = (typeof losses)[number];

async function play(game: object, order: string, optimizer: object, steps: number) {
  const { result, tables } = await record(gameTask, { game: { name: "dirac", ...game }, order, optimizer, steps });
  const { psi, theta } = tables.metrics;
  return {
    ...(result.summary as Record<"measured" | "predicted", Record<string, number>>),
    final: Math.hypot(psi[psi.length - 1], theta[theta.length - 1]),
  };
}

describe("the Dirac-GAN", () => {
  it.each(losses)("gives each player the gradient of its own %s loss", (loss) => {
    const h = 1e-6;
    for (const [theta, psi] of [
      [0.3, -0.7],
      [1, 1],
      [-0.4, 1.2],
    ]) {
      const at = (start: [number, number]) => dirac({ name: "dirac", loss, r1: 0.3, start });
      const game = at([theta, psi]);
      game.gradient(0);
      game.gradient(1);
      const [d, g] = game.players;
      const slopeD = (at([theta, psi + h]).gradient(0) - at([theta, psi - h]).gradient(0)) / (2 * h);
      const slopeG = (at([theta + h, psi]).gradient(1) - at([theta - h, psi]).gradient(1)) / (2 * h);
      expect(d.gradients[0]).toBeCloseTo(slopeD, 8);
      expect(g.gradients[0]).toBeCloseTo(slopeG, 8);
    }
  });

  it.each(losses.flatMap((loss) => [0, 0.3, 1, 3].map((r1) => [loss, r1] as const)))(
    "has the flow's eigenvalues −γ/2 ± √(γ²/4 − c²): %s, γ = %d",
    (loss: Loss, r1: number) => {
      const c = loss === "minimax" || loss === "nonSaturating" ? 0.5 : 1;
      const root = (r1 * r1) / 4 - c * c;
      const expected = [1, -1].map((sign) =>
        root > 0
          ? { re: -r1 / 2 + sign * Math.sqrt(root), im: 0 }
          : { re: -r1 / 2, im: root === 0 ? 0 : sign * Math.sqrt(-root) },
      );
      expectFlow({ loss, r1 }, expected);
      // D is linear: a penalty on the fake point, and one that wants no slope anywhere, are the same.
      expectFlow({ loss, r2: r1 }, expected);
      if (r1 > 0) expectFlow({ loss, gradientPenalty: { gamma: r1, target: 0 } }, expected);
    },
  );

  it.each([0.5, 1, 1.5])("has the flow's eigenvalues −σ²/4 ± √(σ⁴/16 − ¼) with instance noise σ = %d", (sigma) => {
    const square = sigma * sigma;
    const root = (square * square) / 16 - 1 / 4;
    const part = Math.sqrt(Math.abs(root));
    for (const loss of ["minimax", "nonSaturating"]) {
      expectFlow(
        { loss, instanceNoise: sigma },
        [1, -1].map((sign) =>
          root > 0 ? { re: -square / 4 + sign * part, im: 0 } : { re: -square / 4, im: sign * part },
        ),
      );
    }
  });

  it.each([0.3, 1, 3])("has the flow's eigenvalues −γ/4 ± i/2 under consensus, γ = %d", async (consensus) => {
    const config = { game: { name: "dirac", loss: "minimax" }, consensus, optimizer: { name: "sgd", lr: 0.2 } };
    const { predicted } = (await record(gameTask, config)).result.summary as Record<string, Record<string, number>>;
    expect(Math.abs(predicted.flowReal + consensus / 4)).toBeLessThan(1e-12);
    expect(Math.abs(predicted.flowImaginary - 1 / 2)).toBeLessThan(1e-12);
    expect(predicted.flowDampingRatio).toBeCloseTo(consensus / 4 / Math.hypot(consensus / 4, 1 / 2), 12);
  });

  function expectFlow(options: object, expected: readonly { re: number; im: number }[]) {
    const game = dirac({ name: "dirac", ...options });
    const found = flowEigenvalues(jacobianAt(game, [0, 0]) as number[][]);
    found.forEach((z, i) => {
      expect(Math.abs(z.re - expected[i].re)).toBeLessThan(1e-12);
      expect(Math.abs(z.im - expected[i].im)).toBeLessThan(1e-12);
    });
  }

  // Mescheder et al. (2018): learning rate 0.2, start (1, 1), 500 steps.
  const sgd = { name: "sgd", lr: 0.2 };
  it.each([
    ["nonSaturating", 0, "simultaneous", false],
    ["nonSaturating", 0, "alternating", false],
    ["wasserstein", 0, "simultaneous", false],
    ["wasserstein", 0, "alternating", false],
    ["nonSaturating", 1, "simultaneous", true],
    ["nonSaturating", 1, "alternating", true],
    ["wasserstein", 1, "alternating", true],
  ] as const)("%s with R1 γ = %d, %s: converges? %s", async (loss, r1, order, converges) => {
    const { final } = await play({ loss, r1 }, order, sgd, 500);
    if (converges) expect(final).toBeLessThan(1e-6);
    else expect(final).toBeGreaterThan(0.1);
  });

  it("is drawn in by the non-saturating loss without a penalty, but only as 1/√t", async () => {
    // d(r²)/dt = −2 ψθ tanh(ψθ/2) ≈ −(ψθ)², whose mean over a turn is r⁴/8: r² = 1/(1/r₀² + t/8).
    const { final } = await play({ loss: "nonSaturating" }, "alternating", sgd, 5000);
    expect(final).toBeCloseTo(1 / Math.sqrt(1 / 2 + (0.2 * 5000) / 8), 2);
  });

  it("comes in at the predicted rate", async () => {
    for (const order of ["simultaneous", "alternating"]) {
      const { measured, predicted } = await play(
        { r1: 0.3, start: [0.01, 0.01] },
        order,
        { name: "sgd", lr: 0.01 },
        8000,
      );
      // Turns are not uniform, and a part of one is left over.
      expect(Math.abs(measured.angle / predicted.angle - 1)).toBeLessThan(5e-3);
      expect(Math.abs(Math.log(measured.spectralRadius) / Math.log(predicted.spectralRadius) - 1)).toBeLessThan(1e-2);
    }
  });

  it("ends on the same limit cycle as the bilinear game under RMSprop", async () => {
    const { measured, predicted } = await play({}, "simultaneous", { name: "rmsprop", lr: 0.001, rho: 0.99 }, 40_000);
    expect(Math.abs(measured.radius / 0.001 - 28.2)).toBeLessThan(0.2);
    expect(Math.abs(measured.radius / predicted.radius - 1)).toBeLessThan(0.005);
  });

  it("is refused an unknown loss, and options of other games", async () => {
    const run = (game: object, more = {}) => record(gameTask, { game, optimizer: sgd, ...more });
    await expect(run({ name: "dirac", loss: "nonsaturating" })).rejects.toThrow(/did you mean "nonSaturating"\?/);
    await expect(run({ name: "dirac", gamma: 1 })).rejects.toThrow(
      /unknown key "gamma"; did you mean "gradientPenalty.gamma"\? valid: name, loss, r1, r2, gradientPenalty/,
    );
    await expect(run({ name: "dirac" }, { batch: 4 })).rejects.toThrow(/the dirac game has no networks/);
  });
});
