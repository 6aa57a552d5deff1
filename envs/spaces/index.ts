export { Box } from "./box.js";
export { Discrete } from "./discrete.js";
export { MultiBinary } from "./multi-binary.js";
export { MultiDiscrete } from "./multi-discrete.js";
export { Space } from "./space.js";
