import type { Stage } from "./messages.js";

/** What a stage can show, in a sentence, and where it does. */
export interface Example {
  readonly words: string;
  readonly assignments: readonly string[];
}

/** What to look at, the closed form beside the measurement where there is one. */
export const examples: Readonly<Record<Stage, readonly Example[]>> = {
  games: [
    {
      words: "Gradient descent, both at once, spirals out: each step multiplies the distance by √(1 + η²).",
      assignments: ["game.name=bilinear", "order=simultaneous", "optimizer.name=sgd", "optimizer.lr=0.1"],
    },
    {
      words: "In turns it goes round and round: the factor is exactly 1.",
      assignments: ["game.name=bilinear", "order=alternating", "optimizer.name=sgd", "optimizer.lr=0.1"],
    },
    {
      words: "Negative momentum makes the alternating spiral die away.",
      assignments: [
        ...["game.name=bilinear", "order=alternating", "optimizer.name=momentum", "optimizer.lr=0.1"],
        "optimizer.momentum=-0.5",
      ],
    },
    {
      words: "Extragradient looks one step ahead and comes to rest.",
      assignments: ["game.name=bilinear", "order=extragradient", "optimizer.name=sgd", "optimizer.lr=0.1"],
    },
    {
      words: "RMSprop ends on a cycle: the longer its memory 1/(1 − ρ), the wider.",
      assignments: [
        ...["game.name=bilinear", "order=simultaneous", "optimizer.name=rmsprop", "optimizer.lr=0.02"],
        "optimizer.rho=0.99",
      ],
    },
    {
      words: "A penalty on the discriminator's slope (R1) damps the Dirac-GAN.",
      assignments: [
        ...["game.name=dirac", "game.r1=0.3", "order=simultaneous", "optimizer.name=sgd", "optimizer.lr=0.1"],
      ],
    },
  ],
  gan: [
    {
      words: "RMSprop and a penalty on the slope (R1): the generator spreads over a ring of eight Gaussians.",
      assignments: [
        "game.name=ring",
        "optimizer.name=rmsprop",
        "optimizer.lr=0.001",
        "optimizer.rho=0.9",
        "game.r1=0.1",
      ],
    },
    {
      words: "Adam with β₁ = 0.9 and no cure: does the mean come to rest?",
      assignments: ["game.name=ring", "optimizer.name=adam", "optimizer.lr=0.001", "optimizer.beta1=0.9"],
    },
    {
      words: "A grid of 25 modes.",
      assignments: [
        "game.name=grid",
        "game.r1=0.1",
        "optimizer.name=adam",
        "optimizer.lr=0.001",
        "optimizer.beta1=0.5",
      ],
    },
    {
      words: "Your own points: draw them.",
      assignments: [
        "game.name=points",
        "game.r1=0.1",
        "optimizer.name=adam",
        "optimizer.lr=0.001",
        "optimizer.beta1=0.5",
      ],
    },
  ],
  agent: [
    {
      words: "Short memory against long: ρ = 0.9 and ρ = 0.999. Let both learn, then swap the actions.",
      assignments: [
        ...["env.id=CartPole-v1", "optimizer.name=rmsprop", "optimizer.rho=0.9"],
        ...["other.optimizer.name=rmsprop", "other.optimizer.rho=0.999"],
      ],
    },
    {
      words: "RMSprop against Adam.",
      assignments: ["env.id=CartPole-v1", "optimizer.name=rmsprop", "other.optimizer.name=adam"],
    },
    {
      words: "Gradient descent has no √v: with rewards × 10 its steps grow as far as clipping lets them.",
      assignments: ["env.id=CartPole-v1", "optimizer.name=sgd", "other.optimizer.name=rmsprop"],
    },
  ],
  chapters: [
    {
      words: "After large gradients AdaGrad stalls and RMSprop recovers: when?",
      assignments: ["claim=adagrad-stalls"],
    },
    { words: "A spike of the gradient, absorbed and forgotten.", assignments: ["claim=spike-damping"] },
    { words: "Which memory tracks noise that switches?", assignments: ["claim=tracking"] },
    { words: "A schedule that oscillates with the gradient.", assignments: ["claim=cosine-interference"] },
    { words: "Off a saddle: the nearer the start, the longer it takes.", assignments: ["claim=saddle-escape"] },
  ],
};
