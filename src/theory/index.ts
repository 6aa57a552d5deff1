export * from "./bands.js";
export * from "./bilinear.js";
export * from "./damping-ratio.js";
export * from "./flow.js";
export * from "./limit-cycle.js";
export * from "./linear-method.js";
export * from "./rmsprop-response.js";
export * from "./step-matrix.js";
