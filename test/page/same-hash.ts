import { tmpdir } from "node:os";
import { expect } from "vitest";
import { ringdownHere } from "../cli/run-cli.js";

/** Addresses of short runs, on each stage whose runs are a command's, with orders, noise, cures and engines in them. */
export const configurations = [
  "games?game.name=bilinear&optimizer.name=rmsprop&optimizer.rho=0.9&optimizer.lr=0.02&seed=1&steps=70",
  "games?game.name=dirac&game.loss=nonSaturating&optimizer.name=adam&order=alternating&steps=60",
  "games?game.name=matchingPennies&optimizer.name=momentum&optimizer.momentum=-0.5&optimizer.lr=0.1&steps=50",
  "games?game.name=cyclic&optimizer.name=sgd&order=simultaneous&seed=3&steps=50",
  "games?game.name=bilinear&optimizer.name=sgd&optimizer.lr=0.2&order=extragradient&gradientNoise=0.1&steps=40",
  "games?game.name=bilinear&optimizer.name=sgd&optimizers.y.name=adam&optimizers.y.lr=0.01&steps=40",
  "gan?game.name=ring&optimizer.name=rmsprop&optimizer.lr=0.001&network.hidden=[16,16]&batch=32&steps=12",
  "gan?game.name=grid&game.r1=0.3&optimizer.name=adam&optimizer.beta1=0.5&network.hidden=[8]&batch=16&seed=7&steps=10",
  "gan?game.name=spiral&game.loss=hinge&game.spectralNormalization=true&optimizer.name=optimisticAdam&batch=16&steps=9",
  "agent?env.id=CartPole-v1&optimizer.name=rmsprop&other.optimizer.name=adam&seed=2&steps=800",
  "agent?env.id=Pendulum-v1&agent.name=ppo&agent.rollout=16&agent.annealLearningRate=false&optimizer.name=sgd&other.optimizer.lr=0.1&steps=800",
];

/**
 * What the command line says of the run that a command is for.
 *
 * @param folder where it runs
 */
export async function hashOf(command: string, folder = tmpdir()): Promise<string> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const { stdout, stderr } = await ringdownHere(folder, ...words.slice(1), "--engine", "wasm", "--json");
  expect(stderr).not.toContain("ringdown:");
  return JSON.parse(stdout).parametersSha256;
}

/** Runs the commands that a page shows and compares with the hashes that it shows. */
export async function expectSameHashes(commands: readonly string[], hashes: readonly string[]): Promise<void> {
  expect(commands).toHaveLength(hashes.length);
  for (const [k, command] of commands.entries()) expect(await hashOf(command), command).toBe(hashes[k]);
}
