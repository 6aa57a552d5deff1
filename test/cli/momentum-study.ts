import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { contents } from "../study/contents.js";
import { ringdown } from "./run-cli.js";

/** The file of a study of three conditions, of bilinear games, with four seeds each. */
export const momentumStudy = (steps: number) => `
name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: ${steps} }
    grid: { optimizer.momentum: [-0.5, 0, 0.5] }
    seeds: [1, 2, 3, 4]
`;

/** A folder with a study's file `mine.yaml`. */
export function withStudy(here: string, text: string): string {
  writeFileSync(join(here, "mine.yaml"), text);
  return here;
}

/** The bytes that a single process, which nobody disturbs, makes of a study in an empty folder. */
export function undisturbedResults(alone: string, text: string): Record<string, string> {
  const { status, stderr } = ringdown(withStudy(alone, text), "run", "mine.yaml");
  expect([status, stderr.includes("failed")]).toEqual([0, false]);
  return contents(join(alone, "results"));
}
