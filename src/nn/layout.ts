/** One tensor of a flat parameter vector. */
export interface Tensor {
  readonly name: string;
  /** Index of the tensor's first float in the vector. */
  readonly offset: number;
  /** Lengths of its dimensions, the last one contiguous (row-major). */
  readonly shape: readonly number[];
  /** Number of its floats, the product of the shape. */
  readonly size: number;
}

/** Where each tensor of a network stands in one flat vector. */
export interface Layout {
  readonly tensors: readonly Tensor[];
  /** Floats of the whole vector, padding included. */
  readonly size: number;
}

/** Tensors start at multiples of this many floats, 16 bytes, so that vector loads do not straddle. */
const alignment = 4;

/** Lays tensors out one after the other, each on an aligned offset; the floats between them belong to none. */
export function createLayout(tensors: readonly { readonly name: string; readonly shape: readonly number[] }[]): Layout {
  let end = 0;
  const placed = tensors.map(({ name, shape }) => {
    const offset = end;
    const size = shape.reduce((product, length) => product * length, 1);
    end = Math.ceil((offset + size) / alignment) * alignment;
    return { name, offset, shape, size };
  });
  return { tensors: placed, size: end };
}

/** The tensor's own floats: a view into the flat vector, not a copy. */
export function viewOf(tensor: Tensor, vector: Float32Array): Float32Array {
  if (vector.length < tensor.offset + tensor.size)
    throw new RangeError(
      `${tensor.name}: expected a vector of at least ${tensor.offset + tensor.size} floats, found ${vector.length}`,
    );
  return vector.subarray(tensor.offset, tensor.offset + tensor.size);
}
