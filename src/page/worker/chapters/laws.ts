import { exp } from "../../../math/elementary/exponential.js";
import { log } from "../../../math/elementary/logarithm.js";
import type { OptimizerOptions } from "../../../optim/index.js";
import { type FederatedOptions, sharesOf } from "../../../problems/federated.js";
import type { OscillationOptions } from "../../../problems/oscillation.js";
import type { QuadraticOptions } from "../../../problems/quadratic.js";
import type { RandomGradientsOptions } from "../../../problems/random-gradients.js";
import type { SaddleOptions } from "../../../problems/saddle.js";
import type { ScaleJumpOptions } from "../../../problems/scale-jump.js";
import type { SwitchingNoiseOptions } from "../../../problems/switching-noise.js";
import type { ProblemTaskConfig } from "../../../problems/task.js";
import { clientsRest, clientsStep, descentStep, normalisedStep, serverStep } from "../../../theory/federated.js";
import { rmspropAdvance, sgdAdvance } from "../../../theory/interference.js";
import { adagradStepAfter, meanSquareAverage, rmspropStepAfter } from "../../../theory/square-average.js";
import { meanTracked } from "../../../theory/square-tracking.js";

/** What theory says of a column at each step; NaN where it says nothing. */
export interface Law {
  /** The formula, in words that a reader of the chapters knows. */
  readonly words: string;
  value(step: number): number;
}

/** Column → its closed form, of the configurations that have one. */
export type Laws = Readonly<Record<string, Law>>;

/** The closed forms of a run; none where its optimizer has something that they do not reckon with. */
export function lawsOf({ problem, optimizer }: ProblemTaskConfig): Laws {
  const rule = ruleOf(optimizer);
  if (rule === undefined) return {};
  if (rule.decay !== 0) return problem.name === "randomGradients" ? decayed(problem, rule) : {};
  switch (problem.name) {
    case "scaleJump":
      return problem.noise > 0 ? {} : scaleJump(problem, rule);
    case "randomGradients":
      return randomGradients(problem, rule);
    case "switchingNoise":
      return problem.walk > 0 ? {} : switchingNoise(problem, rule);
    case "quadratic":
      return problem.noise > 0 ? {} : quadratic(problem, rule);
    case "saddle":
      return problem.noise > 0 ? {} : saddle(problem, rule);
    case "oscillation":
      return oscillation(problem, rule);
    case "federated":
      return federated(problem, rule);
    default:
      return {};
  }
}

/** What the laws read of an optimizer's options. */
interface Rule {
  readonly name: "sgd" | "adagrad" | "rmsprop";
  readonly lr: number;
  readonly rho: number;
  readonly corrected: boolean;
  /** v₀ */
  readonly initial: number;
  /** λ of decoupled weight decay. */
  readonly decay: number;
  /** The learning rate's own oscillation, where it has one. */
  readonly period: number | undefined;
}

function ruleOf(optimizer: OptimizerOptions): Rule | undefined {
  const { name, lr } = optimizer;
  if (name !== "sgd" && name !== "adagrad" && name !== "rmsprop") return undefined;
  const { clip, schedule, weightDecay, decoupled } = optimizer;
  if (clip !== null || (weightDecay !== 0 && !decoupled)) return undefined;
  const cycle = schedule !== null && typeof schedule === "object" && schedule.name === "cosineCycle" ? schedule : null;
  if (schedule !== null && (cycle === null || cycle.low !== 0 || cycle.high !== 2)) return undefined;
  const common = { name, lr, rho: 0, corrected: false, initial: 0, decay: weightDecay, period: cycle?.period };
  if (name === "sgd") return common;
  if (name === "adagrad") return optimizer.lrDecay === 0 && optimizer.initialAccumulator === 0 ? common : undefined;
  if (optimizer.centered || optimizer.momentum !== 0) return undefined;
  return { ...common, rho: optimizer.rho, corrected: optimizer.biasCorrection, initial: optimizer.initialAccumulator };
}

const power = (base: number, exponent: number) => (base === 0 ? 0 : exp(exponent * log(base)));

/** A constant gradient in phases: the step. */
function scaleJump({ scales, at }: ScaleJumpOptions, rule: Rule): Laws {
  if (rule.period !== undefined) return {};
  const phasesUntil = (step: number) =>
    scales
      .map((gradient, k) => ({ gradient, steps: Math.min(at[k] ?? step, step) - (k === 0 ? 0 : at[k - 1]) }))
      .filter(({ steps }) => steps > 0);
  const now = (step: number) => phasesUntil(step).at(-1)?.gradient ?? Number.NaN;
  if (rule.name === "sgd") return { normalisedStep: { words: "g", value: now } };
  if (rule.name === "adagrad") {
    return { normalisedStep: { words: "g/√Σg²", value: (step) => adagradStepAfter(phasesUntil(step)) } };
  }
  // v₀ is what a gradient of √v₀ would have left, for ever.
  const before = rule.initial > 0 ? [{ gradient: Math.sqrt(rule.initial), steps: 1e12 }] : [];
  const corrected = (step: number) => (rule.corrected ? Math.sqrt(1 - power(rule.rho, step)) : 1);
  return {
    normalisedStep: {
      words: "g/√v, v in closed form",
      value: (step) => corrected(step) * rmspropStepAfter(rule.rho, [...before, ...phasesUntil(step)]),
    },
  };
}

/** Groups of random gradients: v, and the way that a step makes on average. */
function randomGradients({ means, deviations }: RandomGradientsOptions, rule: Rule): Laws {
  if (rule.period !== undefined || rule.name === "adagrad" || rule.initial > 0) return {};
  const { lr, rho } = rule;
  const groups = means.map((mean, k) => {
    const variance = deviations[k] * deviations[k];
    if (rule.name === "sgd") return [[`advance${k}`, { words: "η μ", value: () => lr * mean }]] as const;
    const square = (step: number) =>
      (rule.corrected ? mean * mean + variance : meanSquareAverage(rho, step, mean * mean + variance)) / (lr * lr);
    const { advance } = normalisedStep(mean, variance);
    return [
      [`square${k}`, { words: rule.corrected ? "(μ² + σ²)/η²" : "(μ² + σ²)(1 − ρᵗ)/η²", value: square }],
      [`advance${k}`, { words: "η μ/√(μ² + σ²), for a long memory", value: () => lr * advance }],
    ] as const;
  });
  return Object.fromEntries(groups.flat());
}

/** Decoupled decay under gradients that are noise alone: the mean of the parameters. */
function decayed({ means, start }: RandomGradientsOptions, { lr, decay, period }: Rule): Laws {
  if (period !== undefined) return {};
  const value = (step: number) => start * power(1 - lr * decay, step);
  const noise = means.flatMap((mean, k) => (mean === 0 ? [[`position${k}`, { words: "θ₀(1 − ηλ)ᵗ", value }]] : []));
  return Object.fromEntries(noise);
}

/** Noise whose scale switches: the mean of v. */
function switchingNoise({ low, high, period }: SwitchingNoiseOptions, rule: Rule): Laws {
  if (rule.name !== "rmsprop" || rule.corrected || rule.initial > 0 || rule.period !== undefined) return {};
  const squares = { low: low * low, high: high * high, period };
  const value = (step: number) => meanTracked(rule.rho, squares, step) / (rule.lr * rule.lr);
  return { square: { words: "E v/η², v on its way to the present s²", value } };
}

/** Gradient descent along each eigenvector. */
function quadratic({ eigenvalues, start, scale }: QuadraticOptions, rule: Rule): Laws {
  if (rule.name !== "sgd" || rule.period !== undefined) return {};
  const along = (k: number, step: number) => {
    const factor = 1 - rule.lr * scale * eigenvalues[k];
    return (start?.[k] ?? 1) * (factor < 0 && step % 2 === 1 ? -1 : 1) * power(Math.abs(factor), step);
  };
  const all = (step: number) => eigenvalues.map((_, k) => along(k, step));
  const words = "(1 − ηcλ)ᵗ along each eigenvector";
  return {
    distance: { words, value: (step) => Math.max(...all(step).map(Math.abs)) },
    loss: { words, value: (step) => all(step).reduce((sum, q, k) => sum + (scale * eigenvalues[k] * q * q) / 2, 0) },
    ...Object.fromEntries(eigenvalues.map((_, k) => [`q${k}`, { words, value: (step: number) => along(k, step) }])),
  };
}

/** Gradient descent off a ridge, as long as it is near. */
function saddle({ start, down }: SaddleOptions, rule: Rule): Laws {
  if (rule.name !== "sgd" || rule.period !== undefined) return {};
  const value = (step: number) => {
    const distance = start * power(1 + rule.lr * down, step);
    return distance < 0.5 ? distance : Number.NaN;
  };
  return { distance: { words: "y₀(1 + ηδ)ᵗ near the ridge", value } };
}

/** A learning rate that oscillates with the gradient's own period: the way made. */
function oscillation({ period, phase, amplitude }: OscillationOptions, rule: Rule): Laws {
  if (rule.name === "adagrad" || rule.period !== period || amplitude !== 1 || !Number.isInteger(period)) return {};
  const angle = 2 * Math.PI * phase;
  const advance = rule.name === "sgd" ? sgdAdvance(angle) : rmspropAdvance(rule.rho, angle, period);
  const words = rule.name === "sgd" ? "ηt(1 + ½ cos φ)" : "ηt · mean of (1 + cos ωt) g/√v";
  return { position: { words, value: (step) => rule.lr * step * advance } };
}

/** Clients and a server: the way to a minimum that is far away, or where the model comes to rest. */
function federated(options: FederatedOptions, rule: Rule): Laws {
  if (rule.name === "adagrad" || rule.period !== undefined) return {};
  const { centres, deviations, start, rule: place } = options;
  const shares = sharesOf(options);
  const clients = centres.map((centre, k) => ({ share: shares[k], centre, deviation: deviations[k] }));
  if (centres.some((centre) => centre !== centres[0])) {
    const middle = clients.reduce((sum, { share, centre }) => sum + share * centre, 0);
    const atClients = rule.name === "rmsprop" && place === "clients";
    const rest = atClients ? clientsRest(clients) : middle;
    const words = atClients ? "rest: Σ w(θ − c)/√((θ − c)² + σ²) = 0" : "rest: Σ w c";
    return { position: { words, value: () => rest } };
  }
  const far = clients.map(({ share, centre, deviation }) => ({ share, deviation, mean: start - centre }));
  const law = rule.name === "sgd" ? descentStep : place === "server" ? serverStep : clientsStep;
  const { advance } = law(far);
  const value = (step: number) => {
    const way = rule.lr * step * advance;
    return Math.abs(way) < 0.2 * Math.abs(start - centres[0]) ? start - way : Number.NaN;
  };
  return { position: { words: "start − ηt · mean step, while it is far", value } };
}
