import { describe, expect, it } from "vitest";
import { ColumnTable } from "../../src/study/column-table.js";
import { fromParquet, toParquet } from "../../src/study/parquet.js";

const awkward = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 1.7976931348623157e308, 0.1, -1, 1 / 3];

describe("a Parquet file", () => {
  function sample(rows: number): ColumnTable {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64", single: "float32", flat: "float64" });
    for (let row = 0; row < rows; row++) {
      const value = awkward[row % awkward.length];
      table.append(
        row === 0 ? -(2 ** 31) : row === 1 ? 2 ** 31 - 1 : row,
        value,
        value,
        row % 2 === 0 ? -0 : Number.NaN,
      );
    }
    return table;
  }

  it.each([0, 1, 10, 1000, 250_000])(
    "of %i rows gives back every bit, NaN, infinities and −0 included",
    async (rows) => {
      const table = sample(rows);
      const read = await fromParquet(toParquet(table));
      const written = table.columns();
      expect(Object.keys(read)).toEqual(["step", "value", "single", "flat"]);
      for (const [name, column] of Object.entries(written)) {
        expect(read[name].constructor).toBe(column.constructor);
        expect(read[name].length).toBe(rows);
        expect(read[name].every((value, row) => Object.is(value, column[row]))).toBe(true);
      }
    },
  );

  it("gives the columns that are asked for, as far as it has them", async () => {
    const read = await fromParquet(toParquet(sample(10)), ["single", "step", "other"]);
    expect(Object.keys(read)).toEqual(["step", "single"]);
    expect(read.single).toEqual(sample(10).columns().single);
    expect(await fromParquet(toParquet(sample(10)), [])).toEqual({});
  });

  it("has the same bytes for the same table", () => {
    expect(Buffer.compare(toParquet(sample(3000)), toParquet(sample(3000)))).toBe(0);
  });

  it("that is damaged is an error", async () => {
    await expect(fromParquet(new Uint8Array([1, 2, 3]))).rejects.toThrow();
    await expect(fromParquet(toParquet(sample(1000)).slice(0, 900))).rejects.toThrow();
  });
});
