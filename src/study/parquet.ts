import { parquetMetadata, parquetRead } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packageVersion } from "../config/package.js";
import type { Column } from "./tables.js";
import type { Table } from "./task.js";

const physicalTypes = { int32: "INT32", float32: "FLOAT", float64: "DOUBLE" } as const;

/** Columns may come in any physical type that a table can hold. */
const arrays: Readonly<Record<string, new (rows: number) => Column>> = {
  INT32: Int32Array,
  FLOAT: Float32Array,
  DOUBLE: Float64Array,
};

/**
 * The table as a Parquet file; equal tables give equal bytes.
 *
 * The encodings are fixed instead of left to the writer, whose dictionary takes 0 and −0 for the same value: floating
 * point by byte-stream split, counters by differences, then Snappy. Every bit of every value comes back.
 */
export function toParquet(table: Table): Uint8Array {
  const columns = table.columns();
  const columnData = Object.entries(table.types).map(([name, type]) => ({
    name,
    data: columns[name],
    type: physicalTypes[type],
    encoding: type === "int32" ? ("DELTA_BINARY_PACKED" as const) : ("BYTE_STREAM_SPLIT" as const),
    nullable: false,
  }));
  const createdBy = `ringdown ${packageVersion}`;
  return new Uint8Array(parquetWriteBuffer({ columnData, statistics: false, rowGroupSize: 100_000, createdBy }));
}

/**
 * The columns of a Parquet file of numbers.
 *
 * @param wanted those to be read, as far as the file has them; all where left out
 * @throws Error when the bytes are not such a file
 */
export async function fromParquet(bytes: Uint8Array, wanted?: readonly string[]): Promise<Record<string, Column>> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const rows = Number(metadata.num_rows);
  const columns: Record<string, Column> = {};
  for (const { name, type } of metadata.schema.slice(1)) {
    if (wanted !== undefined && !wanted.includes(name)) continue;
    const array = type === undefined ? undefined : arrays[type];
    if (array === undefined) throw new Error(`column ${name}: expected numbers, found the type ${type}`);
    columns[name] = new array(rows);
  }
  if (rows === 0 || Object.keys(columns).length === 0) return columns;
  await parquetRead({
    file,
    metadata,
    columns: Object.keys(columns),
    onChunk: ({ columnName, columnData, rowStart }) =>
      columns[columnName].set(columnData as ArrayLike<number>, rowStart),
  });
  return columns;
}
