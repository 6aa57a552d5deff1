import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { crc32c } from "../../../src/study/export/crc32c.js";
import { exporters } from "../../../src/study/export/export.js";
import { finishedRun } from "../../reports/finished-run.js";
import { temporaryFolders } from "../temporary-folder.js";
import { bitwiseCrc32c, parseEvents } from "./event-parser.js";

const folder = temporaryFolders();

/** Values that are easily lost on the way. */
const doubles = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, -1.7976931348623157e308];
const metrics = {
  step: Int32Array.of(1, 2, 300, 2_147_483_000, 2_147_483_646, 2_147_483_647),
  loss: Float64Array.from(doubles),
  norm: Float32Array.from([0.1, 1 / 3, Number.NaN, Number.NEGATIVE_INFINITY, 1e-45, -0]),
};
/** Two rows a step, as samples have. */
const samples = { step: Int32Array.of(5, 5), x: Float64Array.of(1, 2) };
const runs = [1, 2].map((seed) => ({
  experiment: "first",
  run: finishedRun({
    id: `${seed}`.repeat(16),
    seed,
    condition: { "optimizer.rho": "0.9", "game.file": 'a/b, "c"' },
    outcome: seed === 1 ? { kind: "completed" } : { kind: "diverged", step: 7, reason: "loss, not finite" },
    summary: { measured: { radius: 0.1, period: null }, modes: [1, 2], game: "ring" },
    config: { optimizer: { rho: 0.9 } },
    tables: { metrics, samples },
  }),
}));
const [{ run }] = runs;

const same = (found: readonly number[], expected: ArrayLike<number>) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, row) => {
    expect(Object.is(value, expected[row]), `row ${row}: ${value} for ${expected[row]}`).toBe(true);
  });
};

describe("an export", () => {
  it("to CSV holds every number to its last bit", async () => {
    const out = folder();
    await exporters.csv(runs, out);
    const [header, ...lines] = readFileSync(join(out, "runs", run.id, "metrics.csv"), "utf8")
      .trimEnd()
      .split("\n");
    expect(header).toBe("step,loss,norm");
    const cells = lines.map((line) => line.split(",").map(Number));
    for (const [k, column] of Object.values(metrics).entries())
      same(
        cells.map((row) => row[k]),
        column,
      );
  });

  it("to CSV has a line a run, quoted where needed", async () => {
    const out = folder();
    const file = await exporters.csv(runs, out);
    const [header, first, second] = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(header).toBe(
      "experiment,id,task,seed,engine,outcome,divergedAt,reason,parametersSha256,condition.optimizer.rho,condition.game.file,summary.measured.radius,summary.measured.period,summary.modes,summary.game",
    );
    expect(first).toBe('first,1111111111111111,game,1,wasm,completed,,,,0.9,"a/b, ""c""",0.1,,"[1,2]",ring');
    expect(second).toContain(',2,wasm,diverged,7,"loss, not finite",');
  });

  it("to JSON holds every number to its last bit, and is JSON", async () => {
    const out = folder();
    const file = await exporters.json(runs, out);
    const table = JSON.parse(readFileSync(join(out, "runs", run.id, "metrics.json"), "utf8"));
    expect(Object.keys(table)).toEqual(Object.keys(metrics));
    for (const [name, column] of Object.entries(metrics)) same(table[name].map(Number), column);
    const [, second] = JSON.parse(readFileSync(file, "utf8"));
    const { id, condition, seed, config, outcome, summary } = runs[1].run;
    expect(second).toMatchObject({ experiment: "first", id, condition, seed, config, outcome, summary });
  });

  it("to TensorBoard holds every number to its last bit, in a folder a run", async () => {
    const out = folder();
    await exporters.tensorboard(runs, out);
    const place = (seed: number) => join(out, "first", "optimizer.rho=0.9", "game.file=a%2Fb, %22c%22", `seed=${seed}`);
    expect(existsSync(place(2))).toBe(true);
    const values = parseEvents(readFileSync(join(place(1), "events.out.tfevents.0.ringdown")));
    const of = (tag: string) => values.filter((value) => value.tag === tag);
    for (const name of ["loss", "norm"] as const) {
      same(
        of(`metrics/${name}`).map(({ value }) => value),
        metrics[name],
      );
      same(
        of(`metrics/${name}`).map(({ step }) => step),
        metrics.step,
      );
      same(
        of(`metrics/${name}`).map(({ shown }) => shown),
        Float32Array.from(metrics[name]),
      );
      expect(of(`metrics/${name}`).map(({ plugin }) => plugin)).toEqual(["scalars", "", "", "", "", ""]);
    }
    expect(of("summary/measured.radius")).toEqual([
      { tag: "summary/measured.radius", step: 0, value: 0.1, shown: Math.fround(0.1), plugin: "scalars" },
    ]);
    // Steps that repeat are no abscissae: rows are counted, and the steps are values.
    same(
      of("samples/step").map(({ value }) => value),
      samples.step,
    );
    same(
      of("samples/x").map(({ step }) => step),
      [1, 2],
    );
  });

  it("is the same whenever it is made", async () => {
    const [one, other] = [folder(), folder()];
    for (const to of Object.values(exporters)) for (const out of [one, other]) await to(runs, out);
    for (const file of ["runs.csv", "runs.json", `runs/${run.id}/metrics.json`]) {
      expect(readFileSync(join(one, file))).toEqual(readFileSync(join(other, file)));
    }
  });
});

describe("CRC-32C", () => {
  it("is that of the standard's check value, and of long division", () => {
    expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * i * 7 + 3) & 0xff);
    expect(crc32c(bytes)).toBe(bitwiseCrc32c(bytes));
  });
});
