import { reportOf } from "../parts/report.js";
import { adaptive } from "./adaptive.js";
import { agreement } from "./agreement.js";
import { linear } from "./linear.js";
import { ring } from "./ring.js";

export const cyclingReport = reportOf(
  "In a two-player game the players can circle the equilibrium instead of reaching it. The bilinear game f = x·y shows this in its purest form, with closed forms for every optimizer; the ring GAN shows what is left of it in a real network. Two different oscillations must be told apart: *rotation*, the game's own cycle with a period of many steps, and *chatter*, the period-2 sign flips of a normalised step.",
  [linear, adaptive, agreement, ring],
);
