import { crc32 } from "node:zlib";

/** Where a PNG's header, its first chunk, ends: 8 bytes of signature, 25 of the chunk. */
const afterHeader = 33;
const inchesPerMetre = 1 / 0.0254;

/**
 * A PNG with its resolution, the chunk pHYs: https://www.w3.org/TR/png-3/#11pHYs
 *
 * @param png without such a chunk
 */
export function withResolution(png: Buffer, dotsPerInch: number): Buffer {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  const dotsPerMetre = Math.round(dotsPerInch * inchesPerMetre);
  chunk.writeUInt32BE(dotsPerMetre, 8);
  chunk.writeUInt32BE(dotsPerMetre, 12);
  chunk.writeUInt8(1, 16); // the unit: metres
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
