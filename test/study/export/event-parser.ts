/** A value of an event file, as a parser of its own reads it. */
export interface ParsedValue {
  readonly tag: string;
  readonly step: number;
  /** As float64. */
  readonly value: number;
  /** As float32, what TensorBoard draws. */
  readonly shown: number;
  /** Empty from a tag's second value on. */
  readonly plugin: string;
}

type Fields = ReadonlyMap<number, readonly (Uint8Array | number)[]>;

/** The scalars of an event file, in their order; every checksum is checked, bit by bit. */
export function parseEvents(file: Uint8Array): ParsedValue[] {
  return [...records(file)].flatMap((record) => {
    const event = fieldsOf(record);
    const [summary] = event.get(5) ?? [];
    if (!(summary instanceof Uint8Array)) return [];
    const step = Number(event.get(2)?.[0]);
    return (fieldsOf(summary).get(1) ?? []).map((value) => ({ step, ...parseValue(fieldsOf(bytes(value))) }));
  });
}

function parseValue(field: Fields): Omit<ParsedValue, "step"> {
  const tensor = fieldsOf(bytes(field.get(8)?.[0]));
  if (tensor.get(1)?.[0] !== 1) throw new Error("expected a tensor of float32");
  const shown = view(bytes(tensor.get(5)?.[0])).getFloat32(0, true);
  const value = view(bytes(tensor.get(6)?.[0])).getFloat64(0, true);
  const plugin = field.has(9) ? text(fieldsOf(bytes(fieldsOf(bytes(field.get(9)?.[0])).get(1)?.[0])).get(1)?.[0]) : "";
  return { tag: text(field.get(1)?.[0]), value, shown, plugin };
}

function* records(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < file.length; ) {
    const length = Number(view(file).getBigUint64(at, true));
    const data = file.subarray(at + 12, at + 12 + length);
    if (view(file).getUint32(at + 8, true) !== masked(file.subarray(at, at + 8))) throw new Error("length's checksum");
    if (view(file).getUint32(at + 12 + length, true) !== masked(data)) throw new Error("data's checksum");
    yield data;
    at += 16 + length;
  }
}

function masked(data: Uint8Array): number {
  const checksum = bitwiseCrc32c(data);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

/** By polynomial division, a bit at a time. */
export function bitwiseCrc32c(data: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of data) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
  }
  return ~remainder >>> 0;
}

function fieldsOf(message: Uint8Array): Fields {
  const fields = new Map<number, (Uint8Array | number)[]>();
  let at = 0;
  const varint = () => {
    let [value, place] = [0, 1];
    for (;;) {
      const byte = message[at++];
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
      place *= 0x80;
    }
  };
  while (at < message.length) {
    const key = varint();
    const [field, kind] = [Math.floor(key / 8), key % 8];
    const length = kind === 0 ? 0 : kind === 1 ? 8 : varint();
    const value = kind === 0 ? varint() : message.subarray(at, at + length);
    at += length;
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

function bytes(value: Uint8Array | number | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error(`expected bytes, found ${value}`);
}

const text = (value: Uint8Array | number | undefined) => new TextDecoder().decode(bytes(value));
const view = (data: Uint8Array) => new DataView(data.buffer, data.byteOffset, data.byteLength);
