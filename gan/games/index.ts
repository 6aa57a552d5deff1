import { bilinearGame } from "./bilinear.js";
import { customGameDefinition } from "./custom.js";
import { cyclicGame } from "./cyclic.js";
import { diracGame } from "./dirac.js";
import { gaussianGame } from "./gaussian.js";
import { matchingPenniesGame } from "./matching-pennies.js";
import { matrixGame } from "./matrix.js";

/** Every small game. Adding one is its file and a line here. */
export const smallGames = [
  bilinearGame,
  matchingPenniesGame,
  cyclicGame,
  matrixGame,
  diracGame,
  gaussianGame,
  customGameDefinition,
] as const;
