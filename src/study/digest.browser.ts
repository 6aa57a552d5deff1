import { sha256 as hashOf } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

// Stands in for digest.ts in a browser, whose own SHA-256 is only to be waited for.

/** See `digest.ts`. */
export function sha256(content: string | Uint8Array): string {
  return bytesToHex(hashOf(typeof content === "string" ? utf8ToBytes(content) : content));
}

/** See `digest.ts`. */
export function digest(...vectors: readonly (Float32Array | Float64Array)[]): string {
  const hash = hashOf.create();
  for (const { buffer, byteOffset, byteLength } of vectors) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return bytesToHex(hash.digest());
}
