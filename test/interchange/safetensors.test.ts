import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/config/input-error.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../../src/interchange/safetensors.js";
import { readSafetensors, saveSafetensors } from "../../src/interchange/safetensors-file.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const folder = temporaryFolders();

/** A file by its parts, as the format's description has them. */
function file(header: string, data: readonly number[] = [], length = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

describe("safetensors", () => {
  it("has the bytes that the format's description asks for", () => {
    const tensors = new Map<string, NamedTensor>([
      ["w", { shape: [1, 2], data: Float32Array.of(1, -2) }],
      ["steps", { shape: [], data: Float64Array.of(3) }],
    ]);
    const header =
      '{"__metadata__":{"seed":"7"},"steps":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    const data = [0, 0, 0, 0, 0, 0, 8, 64, 0, 0, 128, 63, 0, 0, 0, 192];
    expect(encodeSafetensors({ tensors, metadata: { seed: "7" } })).toEqual(file(padded, data));
  });

  it("gives back what was written, whatever the order and the memory", async () => {
    const data = fc.oneof(
      fc.float32Array({ maxLength: 12 }),
      fc.float64Array({ maxLength: 12 }),
      fc.int32Array({ maxLength: 12 }),
      fc.uint8Array({ maxLength: 12 }),
      fc.bigInt64Array({ maxLength: 12 }),
    );
    const entry = data.map((values): NamedTensor => ({ shape: [1, values.length], data: values }));
    const name = fc.string({ unit: "binary" }).filter((text) => text !== "__proto__" && text !== "__metadata__");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, entry), { maxLength: 4 }),
        fc.dictionary(name, fc.string()),
        (entries, metadata) => {
          const tensors = new Map(entries);
          const bytes = encodeSafetensors({ tensors, metadata });
          const read = decodeSafetensors(Buffer.from(bytes), "bytes");
          expect(read.tensors).toEqual(tensors);
          expect(read.metadata).toEqual({ ...metadata });
          expect(encodeSafetensors({ tensors: new Map([...tensors].reverse()), metadata })).toEqual(bytes);
        },
      ),
    );
    const place = join(folder(), "w.safetensors");
    await saveSafetensors(place, new Map([["w", { shape: [2], data: Float32Array.of(Number.NaN, -0) }]]));
    expect((await readSafetensors(place)).tensors.get("w")?.data).toEqual(Float32Array.of(Number.NaN, -0));
  });

  it.each([
    ["an empty file", new Uint8Array(0), /expected a header's length, and the header, found 0 bytes/],
    ["a header longer than the file", file("{}", [], 2 ** 40), /found a header of 1099511627776 in 10 bytes/],
    ["what is no JSON", file("{'a'}"), /expected a header that is a JSON object/],
    ["a list", file("[]"), /expected a header that is a JSON object/],
    ["an unknown type", file('{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}', [0, 0]), /a\.dtype: .*F16/],
    ["a negative length", file('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}'), /a\.shape\.0/],
    [
      "another size than its shape's",
      file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}', [0, 0, 0, 0]),
      /a\.data_offsets: expected 0 to 12 for F32 \[3\], found \[0,4\]/,
    ],
    [
      "a tensor of petabytes",
      file('{"a":{"dtype":"F32","shape":[1000000,1000000000],"data_offsets":[0,4000000000000000]}}'),
      /a\.data_offsets: expected at most 0, the file's end, found 4000000000000000/,
    ],
    [
      "a hole",
      file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', [0, 0]),
      /a\.data_offsets: expected 0 to 1/,
    ],
    ["bytes behind the tensors", file("{}", [1]), /expected the file's end behind its tensors, found 1 bytes/],
    ["metadata that is no text", file('{"__metadata__":{"a":1}}'), /__metadata__\.a/],
  ])("refuses %s in one line", (_, bytes, message) => {
    const read = () => decodeSafetensors(bytes, "w.safetensors");
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^w\.safetensors: .*$/);
  });

  it("refuses to write a shape that has other numbers, and a name of the format's own", () => {
    const write = (name: string, shape: number[]) => () =>
      encodeSafetensors({ tensors: new Map([[name, { shape, data: Float32Array.of(1) }]]), metadata: {} });
    expect(write("w", [2])).toThrow(/w: expected the 2 numbers of \[2\], found 1/);
    expect(write("__metadata__", [1])).toThrow(/the name is taken/);
  });
});
