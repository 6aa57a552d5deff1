import { crc32c } from "./crc32c.js";

/**
 * A record of TensorFlow's TFRecord format: length (uint64), its checksum, the bytes, their checksum; little-endian.
 *
 * Source: tensorflow.org/tutorials/load_data/tfrecord.
 */
export function tfRecord(bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(12 + bytes.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(bytes, 12);
  view.setUint32(12 + bytes.length, masked(crc32c(bytes)), true);
  return record;
}

/** Rotated and shifted, so that the checksum of bytes that hold their own checksum is not trivial. */
function masked(checksum: number): number {
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
