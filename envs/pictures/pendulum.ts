import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { Picture } from "./scene.js";

/** A rod on its pivot, and a mark above where it shall stand; m. The angle is 0 upright and grows to the left. */
export const pendulumPicture: Picture = ([theta], { length }) => {
  const reach = 1.4 * length;
  return {
    low: [-reach, -reach],
    high: [reach, reach],
    shapes: [
      { kind: "circle", centre: [0, 1.2 * length], radius: 0.06 * length, role: "goal" },
      {
        kind: "line",
        points: [
          [0, 0],
          [-length * sine(theta), length * cosine(theta)],
        ],
        width: 0.2 * length,
        role: "part",
      },
      { kind: "circle", centre: [0, 0], radius: 0.08 * length, role: "joint" },
    ],
  };
};
