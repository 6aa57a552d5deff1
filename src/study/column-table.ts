import type { Column, ColumnType } from "./tables.js";
import type { Table } from "./task.js";

const storage = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;

/** A table in memory: one typed array a column, doubled when full, so that appending a row costs amortised O(columns). */
export class ColumnTable<Name extends string = string> implements Table<Name> {
  readonly types: Readonly<Record<Name, ColumnType>>;
  readonly #names: readonly Name[];
  readonly #integer: readonly boolean[];
  #columns: Column[];
  #rows = 0;
  #capacity = 128;

  constructor(
    readonly name: string,
    types: Readonly<Record<Name, ColumnType>>,
  ) {
    this.types = types;
    this.#names = Object.keys(types) as Name[];
    this.#integer = this.#names.map((column) => types[column] === "int32");
    this.#columns = this.#names.map((column) => new storage[types[column]](this.#capacity));
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws Error when the row has another length than the columns, or an int32 column gets anything else */
  append(...row: number[]): void {
    if (row.length !== this.#names.length) {
      throw new Error(`table ${this.name}: expected ${this.#names.length} values a row, found ${row.length}`);
    }
    if (this.#rows === this.#capacity) this.#grow();
    for (let column = 0; column < row.length; column++) this.#set(column, row[column]);
    this.#rows++;
  }

  /** @throws Error when a column is missing, or an int32 column gets anything else */
  appendRow(row: Readonly<Record<Name, number>>): void {
    if (this.#rows === this.#capacity) this.#grow();
    for (let column = 0; column < this.#names.length; column++) {
      const value = row[this.#names[column]];
      if (value === undefined) throw new Error(`table ${this.name}: a row without the column ${this.#names[column]}`);
      this.#set(column, value);
    }
    this.#rows++;
  }

  columns(): Record<Name, Column> {
    const columns = this.#names.map((name, index) => [name, this.#columns[index].subarray(0, this.#rows)]);
    return Object.fromEntries(columns);
  }

  #set(column: number, value: number): void {
    if (this.#integer[column] && (value | 0) !== value) {
      throw new Error(`table ${this.name}: expected an int32 in the column ${this.#names[column]}, found ${value}`);
    }
    // Of the many bit patterns of NaN one is stored: which one arithmetic gives depends on the compiler's tier.
    this.#columns[column][this.#rows] = Number.isNaN(value) ? Number.NaN : value;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#columns = this.#columns.map((column) => {
      const larger = new (column.constructor as new (length: number) => Column)(this.#capacity);
      larger.set(column);
      return larger;
    });
  }
}
