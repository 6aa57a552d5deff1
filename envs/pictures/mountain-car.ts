import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { Picture, Point } from "./scene.js";

const [left, right] = [-1.2, 0.6];
const pieces = 60;
const bottom = -0.05;

/** The height of the hill, as Gymnasium draws it: gravity acts along the slope of sin 3x. */
const heightAt = (x: number) => 0.45 * sine(3 * x) + 0.55;

const ground: readonly Point[] = [
  [left, bottom],
  ...Array.from({ length: pieces + 1 }, (_, i): Point => {
    const x = left + (i * (right - left)) / pieces;
    return [x, heightAt(x)];
  }),
  [right, bottom],
];

/** The car on its hill, and the flag. */
export const mountainCarPicture: Picture = ([x], { goalPosition }) => {
  const slope = 1.35 * cosine(3 * x);
  const along = 1 / Math.sqrt(1 + slope * slope);
  /** A place beside the car: along the ground and away from it. */
  const beside = (ahead: number, above: number): Point => [
    x + along * (ahead - slope * above),
    heightAt(x) + along * (slope * ahead + above),
  ];
  const flag = heightAt(goalPosition);
  return {
    low: [left, bottom],
    high: [right, 1.25],
    shapes: [
      { kind: "polygon", points: ground, role: "ground" },
      {
        kind: "line",
        points: [
          [goalPosition, flag],
          [goalPosition, flag + 0.18],
        ],
        width: 0.01,
        role: "joint",
      },
      {
        kind: "polygon",
        points: [
          [goalPosition, flag + 0.18],
          [goalPosition + 0.09, flag + 0.15],
          [goalPosition, flag + 0.11],
        ],
        role: "goal",
      },
      {
        kind: "polygon",
        points: [beside(-0.07, 0.02), beside(0.07, 0.02), beside(0.05, 0.09), beside(-0.05, 0.09)],
        role: "body",
      },
      ...[-0.04, 0.04].map((ahead) => ({
        kind: "circle" as const,
        centre: beside(ahead, 0.02),
        radius: 0.02,
        role: "joint" as const,
      })),
    ],
  };
};
