import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import { type Picture, type Point, rectangle } from "./scene.js";

/** Two links that hang from a joint, the lower one as long as the line is high that its tip shall cross; m. */
export const acrobotPicture: Picture = ([theta1, theta2], { length1 }) => {
  const elbow: Point = [length1 * sine(theta1), -length1 * cosine(theta1)];
  const tip: Point = [elbow[0] + sine(theta1 + theta2), elbow[1] - cosine(theta1 + theta2)];
  const reach = length1 + 1.2;
  return {
    low: [-reach, -reach],
    high: [reach, reach],
    shapes: [
      rectangle([-reach, 0.98], [reach, 1.02], "goal"),
      { kind: "line", points: [[0, 0], elbow], width: 0.16, role: "body" },
      { kind: "line", points: [elbow, tip], width: 0.16, role: "part" },
      { kind: "circle", centre: [0, 0], radius: 0.1, role: "joint" },
      { kind: "circle", centre: elbow, radius: 0.1, role: "joint" },
    ],
  };
};
