import { reportOf } from "../parts/report.js";
import { iterates } from "./iterates.js";
import { jacobian } from "./jacobian.js";
import { published } from "./published.js";
import { targets } from "./targets.js";

export const curesReport = reportOf(
  "A GAN under Adam with its usual momentum swings before it settles, and loses modes. Many cures are published: less momentum or a negative one, other optimizers and orders, more or faster critic steps, penalties, noise, averages. Here each changes one thing of the same patient, at a learning rate of its own chosen on other seeds, and is judged by differences that are paired by seed.",
  [targets, jacobian, published, iterates],
);
