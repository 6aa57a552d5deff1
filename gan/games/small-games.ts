import type { Game } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";
import type { SmallOptions } from "../config.js";
import { bilinear } from "./bilinear.js";
import { customGame } from "./custom.js";
import { dirac } from "./dirac.js";
import { gaussian } from "./gaussian.js";
import { matrix } from "./matrix.js";

/** The small game of these options, at its start. */
export function smallGame(options: SmallOptions, streams: Streams): Game {
  switch (options.name) {
    case "bilinear":
      return bilinear(options);
    case "matrix":
      return matrix(options, streams);
    case "dirac":
      return dirac(options);
    case "gaussian":
      return gaussian(options);
    case "custom":
      return customGame(options, streams);
  }
}
