import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/bench/measure.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { lastLine, ringdown } from "./run-cli.js";

const folder = temporaryFolders();

/** One of its rows' operations, which it gives as a rate. */
const operations = ({ gflops, milliseconds }: Row) => (gflops as number) * milliseconds * 1e6;

describe("ringdown bench", () => {
  it("gives each kernel's share of the measured peak, and shares the same work among worker threads", {
    timeout: 120_000,
  }, () => {
    const words = ["bench", "--only", "kernels,workers", "--engine", "wasm", "--no-peers", "--json"];
    const { status, stdout, stderr } = ringdown(folder(), ...words);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { machine, rows } = lastLine(stdout) as {
      machine: object;
      rows: Row[];
    };
    expect(machine).toMatchObject({ cores: availableParallelism(), node: process.versions.node });
    expect(rows.every(({ engine, milliseconds }) => engine === "wasm" && milliseconds > 0)).toBe(true);

    const [peak, ...layers] = rows.filter(({ shareOfPeak }) => shareOfPeak !== null);
    expect(peak).toMatchObject({ name: "multiplications and additions on registers", shareOfPeak: 1 });
    expect(layers.map(({ name }) => name)).toEqual(
      ["forward", "backward to the weights", "backward to the input"].map((way) => `layer 256 x 64 x 64, ${way}`),
    );
    for (const layer of layers) expect(operations(layer)).toBeCloseTo(2 * 256 * 64 * 64, 0);

    const shared = rows.filter(({ name }) => name.includes("worker threads"));
    const most = Math.min(availableParallelism(), 8);
    expect(shared.map(({ variant }) => variant)).toEqual(most === 1 ? ["1 worker"] : ["1 worker", `${most} workers`]);
    for (const row of shared) expect(operations(row) / operations(shared[0])).toBeCloseTo(1, 9);
  });
});
