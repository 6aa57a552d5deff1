import { createHash } from "node:crypto";

/** SHA-256, in hex, of a text's UTF-8 or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256, in hex, of the vectors' bytes one after the other: equal digests mean equal parameters, bit for bit. */
export function digest(...vectors: readonly (Float32Array | Float64Array)[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of vectors) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest("hex");
}
