import type { Run } from "../run.js";
import { summaryLeaves } from "../summary.js";
import type { Column } from "../tables.js";
import { bytesField, doubleField, integerField, textField } from "./protobuf.js";
import { tfRecord } from "./tf-record.js";

// Fields by number, of tensorflow's event.proto, summary.proto, tensor.proto and types.proto.
const event = { wallTime: 1, step: 2, version: 3, summary: 5 } as const;
const summary = { value: 1, tag: 1, tensor: 8, metadata: 9 } as const;
const metadata = { plugin: 1, pluginName: 1, dataClass: 4, scalar: 1 } as const;
const tensor = { type: 1, float32: 1, shape: 2, float32Values: 5, float64Values: 6 } as const;

/** A scalar's values, by the name under which TensorBoard shows them. */
type Scalar = readonly [tag: string, values: Column];

const rowsPerPart = 1000;

/**
 * A run as TensorBoard's event file, in parts: every column of every table as a scalar `<table>/<column>`, every number
 * of the summary as `summary/<path>` at step 0. A table's steps are its column `step` where that increases, else the
 * numbers of its rows from 1. TensorBoard's fast loader reads no scalar but float32; each tensor holds that in
 * `float_val` and the number itself, not rounded, in `double_val`. The wall time is 0 throughout: results hold no clock.
 */
export async function* eventFile(run: Run): AsyncGenerator<Uint8Array> {
  yield tfRecord(Uint8Array.from([...doubleField(event.wallTime, 0), ...textField(event.version, "brain.Event:2")]));
  const fields = summaryLeaves(run.summary).flatMap(([path, value]): Scalar[] =>
    typeof value === "number" ? [[`summary/${path}`, Float64Array.of(value)]] : [],
  );
  yield* events([0], fields);
  for (const table of run.tables) {
    const { step, ...others } = await run.table(table);
    const increasing = step !== undefined && increases(step);
    const columns = Object.entries(increasing || step === undefined ? others : { step, ...others });
    const rows = step?.length ?? columns[0]?.[1].length ?? 0;
    const steps = increasing ? step : Int32Array.from({ length: rows }, (_, row) => row + 1);
    yield* events(
      steps,
      columns.map(([column, values]): Scalar => [`${table}/${column}`, values]),
    );
  }
}

function increases(steps: ArrayLike<number>): boolean {
  for (let row = 1; row < steps.length; row++) if (steps[row] <= steps[row - 1]) return false;
  return true;
}

/** An event a row, of which only the first says what its values are. */
function* events(steps: ArrayLike<number>, scalars: readonly Scalar[]): Generator<Uint8Array> {
  if (scalars.length === 0) return;
  const first = eventTemplate(scalars, true);
  const next = eventTemplate(scalars, false);
  for (let from = 0; from < steps.length; from += rowsPerPart) {
    const rows = Array.from({ length: Math.min(rowsPerPart, steps.length - from) }, (_, k) => from + k);
    yield Buffer.concat(rows.map((row) => tfRecord((row === 0 ? first : next)(steps[row], row))));
  }
}

/** Makes the bytes of one event after the other: they differ in values and step, which therefore comes last. */
function eventTemplate(scalars: readonly Scalar[], described: boolean): (step: number, row: number) => Uint8Array {
  const values = scalars.map(([tag]) => bytesField(summary.value, scalarValue(tag, described)));
  const bytes = bytesField(event.summary, values.flat());
  let end = bytes.length - values.reduce((length, value) => length + value.length, 0);
  const places = values.map((value) => {
    end += value.length;
    return end - Float64Array.BYTES_PER_ELEMENT;
  });
  const head = Uint8Array.from(bytes);
  const view = new DataView(head.buffer);
  return (step, row) => {
    for (const [k, [, column]] of scalars.entries()) {
      view.setFloat32(places[k] - float32BeforeFloat64, column[row], true);
      view.setFloat64(places[k], column[row], true);
    }
    return Uint8Array.from([...head, ...doubleField(event.wallTime, 0), ...integerField(event.step, step)]);
  };
}

/** Bytes from the start of the float32 to that of the float64: itself, then the key and the length of the latter. */
const float32BeforeFloat64 = 6;

/** A value of the summary that ends with the bytes of its number as float32 and as float64. */
function scalarValue(tag: string, described: boolean): number[] {
  const plugin = bytesField(metadata.plugin, textField(metadata.pluginName, "scalars"));
  const description = [...plugin, ...integerField(metadata.dataClass, metadata.scalar)];
  const scalar = [
    ...integerField(tensor.type, tensor.float32),
    ...bytesField(tensor.shape, []),
    ...bytesField(tensor.float32Values, new Uint8Array(Float32Array.BYTES_PER_ELEMENT)),
    ...bytesField(tensor.float64Values, new Uint8Array(Float64Array.BYTES_PER_ELEMENT)),
  ];
  return [
    ...textField(summary.tag, tag),
    ...(described ? bytesField(summary.metadata, description) : []),
    ...bytesField(summary.tensor, scalar),
  ];
}
