import { createEngine } from "../kernels/create.js";
import { DenseEngine } from "../kernels/dense-engine.js";
import { measure, type Row, type Subject } from "./measure.js";

const name = "multiplications and additions on registers";
const rounds = 20_000;

/** The most that the machine can do at an engine's width of vectors: 128 bits on wasm, the processor's own on native. */
function peak(engineName: string): Subject | null {
  const engine = createEngine(engineName);
  if (!(engine instanceof DenseEngine)) return null;
  return { name, engine: engineName, operations: engine.saturate(rounds), run: () => void engine.saturate(rounds) };
}

/**
 * Times subjects with each engine's peak among them, so that a share of it is one of the same moments.
 *
 * @param withPeaks whether the peaks' own rows are wanted too
 */
export async function measureShares(subjects: readonly Subject[], engines: readonly string[], withPeaks = false) {
  const peaks = engines.map(peak).filter((subject) => subject !== null);
  const rows = await measure([...peaks, ...subjects]);
  const highest = new Map(rows.slice(0, peaks.length).map(({ engine, gflops }) => [engine, gflops as number]));
  const shared = rows.map((row): Row => {
    const most = highest.get(row.engine);
    return row.gflops === null || most === undefined ? row : { ...row, shareOfPeak: row.gflops / most };
  });
  return shared.slice(withPeaks ? 0 : peaks.length);
}
