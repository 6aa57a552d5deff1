// As much of the protocol buffers' wire format as event files and ONNX need (protobuf.dev/programming-guides/encoding).

/** An integer of at least 0 in groups of 7 bits, the lowest first. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

/** A field that holds an integer of at least 0, or an enumeration's. */
export function integerField(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

/** A field that holds a float64. */
export function doubleField(field: number, value: number): number[] {
  return [...varint(field * 8 + 1), ...new Uint8Array(Float64Array.of(value).buffer)];
}

/** A field that holds a float32. */
export function floatField(field: number, value: number): number[] {
  return [...varint(field * 8 + 5), ...new Uint8Array(Float32Array.of(value).buffer)];
}

/** A field that holds a message, a string or packed numbers: their length, then their bytes. */
export function bytesField(field: number, bytes: ArrayLike<number>): number[] {
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...Array.from(bytes)];
}

export function textField(field: number, text: string): number[] {
  return bytesField(field, new TextEncoder().encode(text));
}
