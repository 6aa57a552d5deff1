import { z } from "zod";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";

/** The array types by the format's names of what they hold. */
const arrays = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;
type TensorType = keyof typeof arrays;
type TensorData =
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** A tensor by itself: its numbers row-major, the last dimension contiguous; a number alone has the shape []. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of the length of the header, before it. */
const lengthBytes = 8;
/** Names that no tensor can have: in the format's header, and in a JavaScript object. */
const reserved = ["__metadata__", "__proto__"];
/** The longest header that the format's own library reads. */
const longestHeader = 100_000_000;

/**
 * Tensors as a safetensors file: the header's length (uint64), the header (JSON), the tensors' bytes one after the other;
 * all little-endian. The widest types come first, and the header is filled with spaces to a multiple of 8 bytes, so that
 * every tensor is aligned in a file that is mapped into memory. Equal tensors give equal bytes, whatever their order.
 *
 * Source: github.com/huggingface/safetensors, section "Format".
 *
 * @throws RangeError where a shape does not have as many numbers as there are, or a name is taken by the format
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const sorted = [...tensors].sort(
    ([a, one], [b, other]) => other.data.BYTES_PER_ELEMENT - one.data.BYTES_PER_ELEMENT || (a < b ? -1 : 1),
  );
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const [name, { shape, data }] of sorted) {
    if (reserved.includes(name)) throw new RangeError(`${name}: the name is taken; expected another one`);
    if (product(shape) !== data.length) {
      throw new RangeError(`${name}: expected the ${product(shape)} numbers of [${shape}], found ${data.length}`);
    }
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: typeOf(data), shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = lengthBytes + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + end).fill(0x20, lengthBytes + json.length, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - lengthBytes), true);
  file.set(json, lengthBytes);
  let at = start;
  for (const [, { data }] of sorted) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

const headerSchema = z.record(
  z.string(),
  z.object({
    dtype: z.enum(Object.keys(arrays) as [TensorType, ...TensorType[]]),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

/**
 * The tensors of a safetensors file, each in memory of its own.
 *
 * @param source what the bytes are, first in messages: the file's path
 * @throws InputError where the bytes are no such file, hold a type that JavaScript has no array for (F16, BF16, BOOL), or
 *   where a tensor's place is not as the format has it: as long as its shape says, one behind the other, none missing
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): Safetensors {
  const { header, metadata, start } = readHeader(bytes, source);
  const tensors = new Map<string, NamedTensor>();
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of inOrder(header)) {
    const length = product(shape) * arrays[dtype].BYTES_PER_ELEMENT;
    const at = `${source}: ${name}.data_offsets`;
    if (offsets[0] !== end || offsets[1] !== end + length) {
      throw new InputError(`${at}: expected ${end} to ${end + length} for ${dtype} [${shape}], found [${offsets}]`);
    }
    end += length;
    if (start + end > bytes.length) {
      throw new InputError(`${at}: expected at most ${bytes.length - start}, the file's end, found ${end}`);
    }
    // Not `slice`: that of a Buffer copies nothing.
    const own = new Uint8Array(bytes.subarray(start + end - length, start + end));
    tensors.set(name, { shape, data: new arrays[dtype](own.buffer) });
  }
  if (start + end < bytes.length) {
    throw new InputError(
      `${source}: expected the file's end behind its tensors, found ${bytes.length - start - end} bytes`,
    );
  }
  return { tensors, metadata };
}

type Header = z.output<typeof headerSchema>;

function readHeader(bytes: Uint8Array, source: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < lengthBytes ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(length <= Math.min(longestHeader, bytes.length - lengthBytes))) {
    const found = Number.isNaN(length) ? `${bytes.length} bytes` : `a header of ${length} in ${bytes.length} bytes`;
    throw new InputError(`${source}: no safetensors file: expected a header's length, and the header, found ${found}`);
  }
  const start = lengthBytes + length;
  const { __metadata__: metadata = {}, ...header } = parse(bytes.subarray(lengthBytes, start), source);
  return {
    header: check(headerSchema, header, source),
    metadata: check(z.record(z.string(), z.string()), metadata, source, ["__metadata__"]),
    start,
  };
}

function parse(bytes: Uint8Array, source: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, like JSON of another kind.
  }
  throw new InputError(`${source}: no safetensors file: expected a header that is a JSON object`);
}

function inOrder(header: Header): [string, Header[string]][] {
  return Object.entries(header).sort(([, one], [, other]) => {
    return one.data_offsets[0] - other.data_offsets[0] || one.data_offsets[1] - other.data_offsets[1];
  });
}

function typeOf(data: TensorData): TensorType {
  return (Object.keys(arrays) as TensorType[]).find((type) => data instanceof arrays[type]) as TensorType;
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
