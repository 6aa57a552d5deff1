import { type Activation, activations, type DenseShape, type FunctionName, functions } from "./engine.js";

const functionCodes = new Map<FunctionName, number>(functions.map((name, code) => [name, code]));
const activationCodes = new Map<Activation, number>(activations.map((name, code) => [name, code]));

/**
 * The number that kernels.c knows an activation by.
 *
 * @throws RangeError for an unknown one
 */
export function activationCode(activation: Activation): number {
  const code = activationCodes.get(activation);
  if (code === undefined)
    throw new RangeError(`activation: expected one of ${activations.join(", ")}, found ${activation}`);
  return code;
}

/**
 * The number that kernels.c knows a function of one number by.
 *
 * @throws RangeError for an unknown one
 */
export function functionCode(name: FunctionName): number {
  const code = functionCodes.get(name);
  if (code === undefined) throw new RangeError(`function: expected one of ${functions.join(", ")}, found ${name}`);
  return code;
}

/** @throws RangeError where a size is no integer of at least 0 */
export function checkedShape(shape: DenseShape): DenseShape {
  const { rows, inputs, outputs } = shape;
  if (!(rows >>> 0 === rows && inputs >>> 0 === inputs && outputs >>> 0 === outputs))
    throw new RangeError(
      `shape: expected integers of at least 0, found rows ${rows}, inputs ${inputs}, outputs ${outputs}`,
    );
  return shape;
}

/** @throws RangeError where a size is no integer of at least 0 */
export function checkedNormalization<Shape extends { readonly rows: number; readonly units: number }>(
  shape: Shape,
): Shape {
  const { rows, units } = shape;
  if (!(rows >>> 0 === rows && units >>> 0 === units))
    throw new RangeError(`shape: expected integers of at least 0, found rows ${rows}, units ${units}`);
  return shape;
}
