export * from "./arnoldi.js";
export * from "./envelope.js";
export * from "./mode-decomposition.js";
export * from "./regression.js";
export * from "./slow-rotation.js";
export * from "./spectrum.js";
export * from "./winding.js";
