import { bilinearGame } from "./bilinear.js";
import { customGameDefinition } from "./custom.js";
import { diracGame } from "./dirac.js";
import { gaussianGame } from "./gaussian.js";
import { matrixGame } from "./matrix.js";

/** Every small game. Adding one is its file and a line here. */
export const smallGames = [bilinearGame, matrixGame, diracGame, gaussianGame, customGameDefinition] as const;
