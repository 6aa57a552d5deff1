import { perfect } from "../parts/game/motion.js";
import { reportOf } from "../parts/report.js";
import { number } from "../parts/text.js";
import { optimizers } from "./optimizers.js";
import { recipe } from "./recipe.js";

export const mixturesReport = reportOf(
  `A GAN on a mixture of Gaussians is the smallest one that can fail as large ones do: leave out modes, or draw between them. One recipe is measured on several mixtures, then the same recipe under other optimizers. High quality is the share of samples within 3σ of a mode; a perfect generator has ${number(100 * perfect.highQuality)} %, and a spread of ${number(perfect.spread, 3)} σ within the modes. All numbers are of the generator as it is unless they say "averaged".`,
  [recipe, optimizers],
);
