import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import { type Picture, rectangle } from "./scene.js";

/** Where the track ends, m. */
const end = 2.4;

/** The cart on its track, between the ends that it must not leave, and the pole; m. */
export const cartPolePicture: Picture = ([x, , theta], { length }) => ({
  low: [-2.9, -0.5],
  high: [2.9, Math.max(1.5, 2 * length + 0.5)],
  shapes: [
    rectangle([-end, -0.24], [end, -0.18], "ground"),
    ...[-end, end].map((at) => rectangle([at - 0.03, -0.34], [at + 0.03, -0.08], "danger")),
    rectangle([x - 0.3, -0.16], [x + 0.3, 0.12], "body"),
    {
      kind: "line",
      points: [
        [x, 0.06],
        [x + 2 * length * sine(theta), 0.06 + 2 * length * cosine(theta)],
      ],
      width: 0.1,
      role: "part",
    },
    { kind: "circle", centre: [x, 0.06], radius: 0.06, role: "joint" },
  ],
});
