/** What a reader looks for on the stage of a claim. */
export interface Guide {
  /** What one sees and why, in a sentence or two. What the runs decide is the verdict's to say. */
  readonly see: string;
  /** The column that is drawn first. */
  readonly column?: string;
  /** Axis → the label of its value with which the stage begins; else the first. */
  readonly begin?: Readonly<Record<string, string>>;
}

const spike = {
  see: "A gradient of 1 with one of size K among it. The spike enters v at once, so that the step at the spike is bounded by 1/√(1 − ρ); v then forgets it over some memories, in which the steps are short.",
  column: "normalisedStep",
  begin: { problem: "K = 100", optimizer: "ρ = 0.9" },
};
const scaled = {
  see: "Both axes of a quadratic under RMSprop, the loss times c. A factor on every gradient is a factor on √v, so it cancels in g/√v; only ε knows the gradient's unit. Change the scale and ε: does the path change?",
  column: "q1",
  begin: { "problem.scale": "1" },
};
const constant = {
  see: "Under a constant gradient v comes to g² as 1 − ρᵗ, so that the step g/√v falls from 1/√(1 − ρ) to 1: the larger ρ, the larger the first steps and the later it settles.",
  column: "normalisedStep",
  begin: { "optimizer.rho": "0.99" },
};

/** The guide of a claim; of one that has none yet, an empty one. */
export const guideOf = (claim: string): Guide => guides[claim] ?? { see: "" };

/** Claim → its guide. */
export const guides: Readonly<Record<string, Guide>> = {
  "scale-invariance": scaled,
  stabiliser: { ...scaled, begin: { "problem.scale": "1e-7", optimizer: "ε = 1e-8 outside" } },
  "adagrad-stalls": {
    see: "A gradient that falls from 100 to 1. AdaGrad divides by the root of all squares it has seen, which never shrinks; RMSprop's average forgets the large ones after some memories.",
    column: "normalisedStep",
    begin: { optimizer: "ρ = 0.9" },
  },
  memory: constant,
  "square-average": constant,
  "zero-start": {
    see: "Random gradients and v from zero, the mean over many copies of (g/Δθ)² = v/η². Without correction v begins at 1 − ρ of its value; divided by 1 − ρᵗ it is right on average from the first step.",
    column: "square0",
    begin: { "optimizer.rho": "0.99" },
  },
  "correction-network": {
    see: "The first steps of a small network. From v = 0 they are up to 1/√(1 − ρ) times as long as later ones; bias correction takes that away. Switch it and compare the loss.",
    column: "loss",
    begin: { "optimizer.rho": "0.99", "optimizer.lr": "0.01" },
  },
  "correction-steadies": {
    see: "The same for an agent, whose early gradients decide what it sees next. Play two agents side by side, with bias correction and without.",
  },
  centred: {
    see: "Groups of parameters under noise with different bias. Centering divides by the standard deviation instead of the root mean square: a biased gradient then makes longer steps, of another size every time.",
    column: "advance2",
    begin: { problem: "noisy", optimizer: "centred, ρ = 0.99" },
  },
  "ill-conditioning": {
    see: "A quadratic with a steep and a flat direction. Gradient descent shrinks each by 1 − ηλ a step, so the steepest bounds η and the flattest waits; scaling helps where the directions are the axes, less where they are mixed.",
    column: "distance",
    begin: { "problem.eigenvalues": "[0.01, 1]", "optimizer.lr": "1" },
  },
  rosenbrock: {
    see: "A curved, narrow valley. The gradient points mostly across it; a normalised step goes along as fast as across. Try each optimizer at several learning rates: that choice matters as much as the rule.",
    column: "loss",
    begin: { optimizer: "RMSprop", "optimizer.lr": "0.00276" },
  },
  "saddle-escape": {
    see: "The distance from the ridge of a saddle. Gradient descent grows it by a factor 1 + ηδ a step, so it waits as long as the start is near the ridge; a normalised step is the same length however small the gradient.",
    column: "distance",
    begin: { problem: "y₀ = 10⁻⁴" },
  },
  "small-gradients": {
    see: "Six groups of gradients of one shape, each ten times as large as the one before. Divided by its own root mean square each group moves at the same speed; gradient descent moves as the gradients are.",
    column: "advance0",
    begin: { optimizer: "RMSprop" },
  },
  "variance-signal": {
    see: "Gradients of mean 1 and more and more variance. The variance is part of the mean square that divides: the mean way of a step is μ/√(μ² + σ²).",
    column: "advance4",
  },
  "cosine-interference": {
    see: "A learning rate that oscillates in step with the gradient. In phase, large steps meet large gradients; out of phase, small ones. √v smooths the gradient's swing only where its memory is longer than the period.",
    column: "position",
    begin: { optimizer: "ρ = 0.9" },
  },
  "spike-absorbed": spike,
  "spike-damping": { ...spike, begin: { ...spike.begin, optimizer: "ρ = 0.99" } },
  "spike-network": {
    see: "A network struck by one batch with wrong labels and far points. One large gradient fills v, which keeps the steps short while it is forgotten.",
    column: "loss",
    begin: { optimizer: "ρ = 0.99", "+attack": "once it has learned" },
  },
  normalization: {
    see: "A network on two spirals. A normalising layer makes a layer's output indifferent to the scale of its weights, and with it the loss to some of what ρ changes.",
    column: "loss",
    begin: { "optimizer.lr": "0.01", "optimizer.rho": "0.99" },
  },
  "weight-decay": {
    see: "Parameters that only decay, under noise of four sizes. As part of the gradient the decay is divided by √v, so that noisy parameters decay less; decoupled it is the same factor for all.",
    column: "position3",
    begin: { optimizer: "RMSprop, decoupled" },
  },
  "architecture-ranking": {
    see: "One of the networks that are ranked, under one of the optimizers. Whether a ranking turns is a question of many runs: see the command.",
    column: "loss",
  },
  "smooth-landscapes": {
    see: "From a convex bowl to a deep network that starts near the saddle at zero, where all gradients are small at first.",
    column: "loss",
    begin: { problem: "deep (0.3)", optimizer: "RMSprop" },
  },
  "noisy-minority": {
    see: "Two groups in one model, the smaller one with rare or, weighted up, noisy gradients. Draw the loss of each group: does the rule serve one at the other's cost?",
    begin: { optimizer: "RMSprop, ρ = 0.99", "problem.share": "0.1" },
  },
  "gan-cycles": {
    see: "Two players, one against the other. With gradients alone they spiral outwards, or in turns go round; what damps the game brings them home.",
  },
  "gan-rmsprop": {
    see: "The same game under RMSprop, which ends on a cycle of its own: its radius, 4η√(½/(1 − ρ)) for long memories, does not ask where it began.",
  },
  "gan-momentum": {
    see: "Adam's momentum on games that damp themselves more and more: an old gradient points where the other player was, which turns a rotation outwards.",
  },
  tracking: {
    see: "Noise whose scale switches, and v read off the steps. A short memory trembles with the noise, a long one lags behind the switch.",
    column: "square",
    begin: { "problem.period": "256", "optimizer.rho": "0.984375" },
  },
  "rl-tracking": {
    see: "An agent's gradients change their size when its world does, and √v follows. Let it learn, then swap the actions.",
  },
  curriculum: {
    see: "The same noise around targets that walk: the loss is the distance from where they have gone to. Which memory learns best need not be the one that tracks best.",
    column: "loss",
    begin: { "problem.period": "256", "optimizer.rho": "0.9", "optimizer.lr": "0.02" },
  },
  "change-pace": {
    see: "A world that changes at once or little by little, under short and long memories. Drift the world yourself and compare two agents.",
  },
  "federated-noise": {
    see: "Ten clients with one minimum far away, the last one noisier and noisier. One v over all is filled by the noisiest; one v a client leaves the others their steps.",
    column: "position",
    begin: { "+rule": "RMSprop at the server" },
  },
  "federated-fairness": {
    see: "The last client wants another model and is noisier. Normalised at each client, all pull with the same strength, so that the model rests nearer to a median than to the mean.",
    column: "position",
    begin: { "+rule": "RMSprop at each client", "optimizer.lr": "0.01" },
  },
  "meta-learning": {
    see: "RMSprop's own ρ and ε, moved by the exact gradient through all of its steps. Watch where they go, and what it does to the loss on problems held out.",
    begin: { "problem.rho": "0.9", "problem.eps": "0.01" },
  },
};
