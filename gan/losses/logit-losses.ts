import { sigmoid, softplus } from "../../src/math/logistic.js";

/**
 * A GAN's losses as functions of a logit t = D(x), with their first and second derivatives. The discriminator's is that
 * of a fake; for all of these its loss on a real one is the same function of −t.
 */
export interface LogitLoss {
  readonly fake: (t: number) => number;
  readonly fakeSlope: (t: number) => number;
  readonly fakeCurvature: (t: number) => number;
  readonly generator: (t: number) => number;
  readonly generatorSlope: (t: number) => number;
  readonly generatorCurvature: (t: number) => number;
  /** Where a loss is factor · softplus(sign · t), which engines have a kernel for; the discriminator's has 1 and 1. */
  readonly fakeSoftplus?: true;
  readonly generatorSoftplus?: { readonly factor: 1 | -1; readonly sign: 1 | -1 };
}

const sigmoidSlope = (t: number) => sigmoid(t) * sigmoid(-t);
const logistic = { fake: softplus, fakeSlope: sigmoid, fakeCurvature: sigmoidSlope, fakeSoftplus: true } as const;
const ascent = { generator: (t: number) => -t, generatorSlope: () => -1, generatorCurvature: () => 0 };

export const logitLosses = {
  minimax: {
    ...logistic,
    generator: (t: number) => -softplus(t),
    generatorSlope: (t: number) => -sigmoid(t),
    generatorCurvature: (t: number) => -sigmoidSlope(t),
    generatorSoftplus: { factor: -1, sign: 1 },
  },
  nonSaturating: {
    ...logistic,
    generator: (t: number) => softplus(-t),
    generatorSlope: (t: number) => -sigmoid(-t),
    generatorCurvature: sigmoidSlope,
    generatorSoftplus: { factor: 1, sign: -1 },
  },
  wasserstein: { fake: (t: number) => t, fakeSlope: () => 1, fakeCurvature: () => 0, ...ascent },
  leastSquares: {
    fake: (t: number) => ((t + 1) * (t + 1)) / 2,
    fakeSlope: (t: number) => t + 1,
    fakeCurvature: () => 1,
    generator: (t: number) => ((t - 1) * (t - 1)) / 2,
    generatorSlope: (t: number) => t - 1,
    generatorCurvature: () => 1,
  },
  hinge: {
    fake: (t: number) => Math.max(0, 1 + t),
    fakeSlope: (t: number) => (t > -1 ? 1 : 0),
    fakeCurvature: () => 0,
    ...ascent,
  },
} as const satisfies Record<string, LogitLoss>;

export const logitLossNames = Object.keys(logitLosses) as [keyof typeof logitLosses, ...(keyof typeof logitLosses)[]];

/** Loss → a line about it, for listings; t = D(x) on data, u = D(G(z)) on a fake. */
export const logitLossLines: Readonly<Record<keyof typeof logitLosses, string>> = {
  minimax: "−ln σ(t) − ln(1 − σ(u)), which the generator ascends: zero-sum (Goodfellow et al. 2014)",
  nonSaturating: "the same discriminator; the generator's −ln σ(u) does not vanish where it loses",
  wasserstein: "u − t, and −u: linear in the logits, zero-sum; the critic wants a bounded slope (Arjovsky et al. 2017)",
  leastSquares: "(t − 1)²/2 + (u + 1)²/2, and (u − 1)²/2 (Mao et al. 2017)",
  hinge: "max(0, 1 − t) + max(0, 1 + u), and −u (Lim and Ye 2017)",
};
