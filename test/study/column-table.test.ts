import { describe, expect, it } from "vitest";
import { ColumnTable } from "../../src/study/column-table.js";

describe("a table", () => {
  it("keeps every row while it grows", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64", single: "float32" });
    for (let step = 0; step < 5000; step++) table.append(step, step / 3, step / 3);
    const { step, value, single } = table.columns();
    expect(table.rows).toBe(5000);
    expect(step).toBeInstanceOf(Int32Array);
    expect([step[4999], value[4999], single[4999]]).toEqual([4999, 4999 / 3, Math.fround(4999 / 3)]);
    expect(value.every((x, row) => x === row / 3)).toBe(true);
  });

  it("refuses a row of another length, and what is no int32 where one belongs", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64" });
    expect(() => table.append(1)).toThrow("table metrics: expected 2 values a row, found 1");
    for (const wrong of [0.5, Number.NaN, 2 ** 31]) {
      expect(() => table.append(wrong, 1)).toThrow(`expected an int32 in the column step, found ${wrong}`);
    }
    expect(table.rows).toBe(0);
  });

  it("takes a row by the names of its columns, in any order", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64" });
    for (let step = 0; step < 3000; step++) table.appendRow({ value: step / 3, step });
    const { step, value } = table.columns();
    expect([table.rows, step[2999], value[2999]]).toEqual([3000, 2999, 2999 / 3]);
    expect(() => table.appendRow({ step: 1 } as never)).toThrow("table metrics: a row without the column value");
    expect(() => table.appendRow({ step: 0.5, value: 1 })).toThrow("expected an int32 in the column step, found 0.5");
    expect(table.rows).toBe(3000);
  });

  it("stores every NaN as the same bits, whatever bits arithmetic gave it", () => {
    const odd = new Float64Array(1);
    new DataView(odd.buffer).setBigUint64(0, 0xfff8_0000_0000_0001n, true);
    const table = new ColumnTable("metrics", { value: "float64" });
    table.append(odd[0]);
    table.append(Number.NaN);
    const { value } = table.columns();
    expect(new Set(new BigUint64Array(value.slice().buffer))).toEqual(new Set([0x7ff8_0000_0000_0000n]));
  });
});
