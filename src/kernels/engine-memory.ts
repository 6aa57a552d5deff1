import { InputError } from "../config/input-error.js";

/** The memory that holds all vectors of an engine. It never moves and never grows, so that vectors stay valid. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Address of the buffer's first byte, as the kernels see it. */
  readonly address: number;
  /** Bytes at the buffer's start that are not the engine's to use. */
  readonly reserved: number;
  /** Vectors begin at addresses that are multiples of this many bytes. */
  readonly alignment: number;
}

const megabyte = 1 << 20;

/**
 * The size of an engine's memory in bytes.
 *
 * @throws RangeError unless it is an integer from 1 to 2048 megabytes
 */
export function memorySize(megabytes: number): number {
  if (!(Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= 2048))
    throw new RangeError(`megabytes: expected an integer from 1 to 2048, found ${megabytes}`);
  return megabytes * megabyte;
}

/** Hands out an engine's memory: vectors from below, the kernels' scratch from above. */
export class EngineMemory {
  readonly #memory: Memory;
  readonly #scratchFloats: (inputs: number, outputs: number) => number;
  readonly #maker: string;
  /** Vectors fill the memory from below up to here, in bytes. */
  #next: number;
  /** The kernels' scratch is everything from here to the memory's end, in bytes. */
  #scratch: number;
  /** inputs → outputs → the scratch that such a layer needs, in bytes: asking the kernels costs a call. */
  readonly #scratchSizes = new Map<number, Map<number, number>>();

  /**
   * @param scratchFloats how many floats of scratch the kernels need for a layer
   * @param maker the function that makes a larger memory, for the message about an exhausted one
   */
  constructor(memory: Memory, scratchFloats: (inputs: number, outputs: number) => number, maker: string) {
    this.#memory = memory;
    this.#scratchFloats = scratchFloats;
    this.#maker = maker;
    this.#next = this.#align(memory.reserved);
    this.#scratch = this.#alignDown(memory.buffer.byteLength);
  }

  /** A zeroed vector, aligned. */
  allocate(size: number): Float32Array {
    if (!(Number.isInteger(size) && size >= 0))
      throw new RangeError(`size of a vector: expected an integer of at least 0, found ${size}`);
    const start = this.#next;
    const bytes = this.#align(start + 4 * size) - start;
    this.#need(bytes);
    this.#next = start + bytes;
    return new Float32Array(this.#memory.buffer, start, size);
  }

  owns(vector: ArrayBufferView): boolean {
    return vector.buffer === this.#memory.buffer;
  }

  /** Address of the first byte of a view of this memory, as the kernels see it. */
  place(view: ArrayBufferView): number {
    return this.#memory.address + view.byteOffset;
  }

  /** The same for a vector that a caller handed in. */
  addressOf(vector: Float32Array | undefined, size: number, name: string): number {
    if (vector === undefined || !this.owns(vector))
      throw new TypeError(`${name}: expected a vector of this engine (from its allocate, or a subarray of such)`);
    if (vector.length < size)
      throw new RangeError(`${name}: expected at least ${size} floats for this shape, found ${vector.length}`);
    return this.place(vector);
  }

  /** The address of scratch for a layer. */
  scratchFor(inputs: number, outputs: number): number {
    const held = this.#memory.buffer.byteLength - this.#scratch;
    const bytes = this.#scratchSize(inputs, outputs);
    if (bytes > held) {
      const scratch = this.#alignDown(this.#memory.buffer.byteLength - bytes);
      this.#need(this.#scratch - scratch);
      this.#scratch = scratch;
    }
    return this.#memory.address + this.#scratch;
  }

  #scratchSize(inputs: number, outputs: number): number {
    const known = this.#scratchSizes.get(inputs)?.get(outputs);
    if (known !== undefined) return known;
    const size = 4 * this.#scratchFloats(inputs, outputs);
    const sizes = this.#scratchSizes.get(inputs) ?? new Map<number, number>();
    this.#scratchSizes.set(inputs, sizes.set(outputs, size));
    return size;
  }

  #need(bytes: number): void {
    const left = this.#scratch - this.#next;
    if (bytes > left)
      throw new InputError(
        `the engine's memory of ${this.#memory.buffer.byteLength / megabyte} MB is exhausted: ${bytes} bytes wanted, ` +
          `${left} left; take smaller networks or batches, or raise it with ${this.#maker}({ megabytes })`,
      );
  }

  /** The first aligned offset at or behind this one. */
  #align(offset: number): number {
    const { address, alignment } = this.#memory;
    return Math.ceil((address + offset) / alignment) * alignment - address;
  }

  /** The last aligned offset at or before this one. */
  #alignDown(offset: number): number {
    const { address, alignment } = this.#memory;
    return Math.floor((address + offset) / alignment) * alignment - address;
  }
}
