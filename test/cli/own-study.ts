/** The file of a user's own study, with a condition for each number of steps (a list in YAML) and two momenta. */
export const ownStudy = (steps: string) => `
name: mine
title: Does order matter?
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: 30 }
    grid:
      steps: ${steps}
      optimizer.momentum: [-0.5, 0.5]
    seeds: [1, 2]
quick:
  experiments.first.seeds: [1]
`;
