import { reportOf } from "../parts/report.js";
import { amplitudes } from "./amplitudes.js";
import { crossover } from "./crossover.js";
import { ring } from "./ring.js";
import { rotation } from "./rotation.js";

export const dampingReport = reportOf(
  "\"Momentum damps the oscillation\" is said of two different oscillations. *Rotation* belongs to the game: the players chase each other over many steps. *Chatter* belongs to the normalised step: near a minimum RMSprop's and Adam's step flips its sign at every step. This report measures what the momentum coefficient does to each, apart.",
  [rotation, crossover, amplitudes, ring],
);
