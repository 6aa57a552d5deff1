import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/index.js";
import { gameTask } from "../../gan/task.js";
import { check } from "../../src/config/check.js";
import { createEngine, resolveEngine } from "../../src/kernels/create.js";
import {
  activations,
  type DenseShape,
  type Engine,
  functions,
  type NormalizationKernels,
} from "../../src/kernels/engine.js";
import { createNativeEngine } from "../../src/kernels/native.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { createOptimizer } from "../../src/optim/index.js";
import { addScaled, scale } from "../../src/optim/scaled.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { executeRun } from "../../src/study/execute.js";
import { toParquet } from "../../src/study/parquet.js";
import type { Task } from "../../src/study/task.js";
import { ringdown } from "../cli/run-cli.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { useNativeLibrary } from "./native-build.js";
import { normalisationBits } from "./normalization.js";

const { missing } = useNativeLibrary();
const newFolder = temporaryFolders();
const size = 100 * 100 + 64;

/** What a function of the engine is given, the same numbers for every engine. */
interface Operands {
  readonly input: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly gradient: Float32Array;
}

/** An engine with vectors for every operand and result, so that they are allocated once. */
class Bench {
  readonly #operands: readonly Float32Array[];
  readonly #results: readonly Float32Array[];
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#operands = Array.from({ length: 4 }, () => engine.allocate(size));
    this.#results = Array.from({ length: 5 }, () => engine.allocate(size));
  }

  /** The bits of all results of all functions, computed on windows that begin `skew` floats behind their vectors. */
  compute({ rows, inputs, outputs, activation, slope }: DenseShape, operands: Operands, skew: number): Uint32Array[] {
    const shape = { rows, inputs, outputs, activation, slope };
    const [input, weights, bias, gradient] = [operands.input, operands.weights, operands.bias, operands.gradient].map(
      (values, i) => {
        const vector = this.#operands[i].subarray(skew, skew + values.length);
        vector.set(values);
        return vector;
      },
    );
    const lengths = [rows * outputs, rows * outputs, inputs * outputs, outputs, rows * inputs];
    for (const vector of this.#results) vector.fill(7);
    const results = lengths.map((length, i) => this.#results[i].subarray(skew, skew + length));
    const [output, changed, toWeights, toBias, toInput] = results;
    this.#engine.denseForward(shape, input, weights, bias, output);
    changed.set(gradient);
    this.#engine.activationBackward(shape, output, changed);
    this.#engine.denseBackwardWeights(shape, input, gradient, toWeights, toBias);
    this.#engine.denseBackwardInput(shape, gradient, weights, toInput, { ...shape, outputs: inputs }, input);
    // The whole vectors: what lies beside a result must stay as it was.
    return this.#results.map((vector) => new Uint32Array(vector.slice().buffer));
  }
}

const wanted = (title: string) => (missing === undefined ? title : `${title} (skipped: ${missing})`);
const describeNative = describe.skipIf(missing !== undefined);

describeNative(wanted("the native engine gives the WebAssembly engine's bits"), () => {
  const stream = new RandomStream(3, "data");
  const draw = (length: number) => {
    const vector = new Float32Array(length);
    stream.fillNormal(vector);
    return vector;
  };
  const drawFor = (rows: number, inputs: number, outputs: number): Operands => ({
    input: draw(rows * inputs),
    weights: draw(inputs * outputs),
    bias: draw(outputs),
    gradient: draw(rows * outputs),
  });
  const benches =
    missing === undefined ? [createWasmEngine(), createNativeEngine()].map((engine) => new Bench(engine)) : [];

  /** The name of the shape where the two differ, or nothing. */
  function differing(shape: DenseShape, operands: Operands, skew: number): string[] {
    const [wasm, native] = benches.map((bench) => bench.compute(shape, operands, skew));
    const same = wasm.every((bits, i) => Buffer.compare(Buffer.from(bits.buffer), Buffer.from(native[i].buffer)) === 0);
    return same ? [] : [`${shape.rows}x${shape.inputs}x${shape.outputs} ${shape.activation} off by ${skew}`];
  }

  const sizes = [0, 1, 2, 3, 5, 17, 64, 100];
  it.each(sizes)("for all shapes of %i rows and all activations, aligned or not", (rows) => {
    const found = sizes.flatMap((inputs) =>
      sizes.flatMap((outputs) => {
        const operands = drawFor(rows, inputs, outputs);
        return activations.flatMap((activation, i) => {
          const shape = { rows, inputs, outputs, activation, slope: 0.2 };
          return [...differing(shape, operands, 0), ...differing(shape, operands, 1 + i)];
        });
      }),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ["NaN", Number.NaN],
    ["∞", Number.POSITIVE_INFINITY],
    ["−∞", Number.NEGATIVE_INFINITY],
    ["−0", -0],
    ["the largest number", 3.4028234663852886e38],
    ["a subnormal number", 1e-40],
  ])("with %s among the operands", (_, value) => {
    const found = [1, 3, 5, 8, 18, 64].flatMap((outputs) =>
      activations.flatMap((activation) => {
        const operands = drawFor(11, 6, outputs);
        for (const vector of Object.values(operands)) vector[vector.length >> 1] = value;
        return differing({ rows: 11, inputs: 6, outputs, activation, slope: 0.2 }, operands, 0);
      }),
    );
    expect(found).toEqual([]);
  });

  it.each([0, 1, 3, 5, 17, 1003])("in functions, measures, normals and optimizers of %d elements", (length) => {
    const [wasm, native] = [createWasmEngine({ megabytes: 1 }), createNativeEngine({ megabytes: 1 })].map((engine) => {
      const normals = new RandomStream(5, "latent");
      const vectors = Array.from({ length: 2 }, () => engine.allocate(length + 1).subarray(1));
      const [from, to] = vectors;
      engine.fillNormal(normals, from, 0, 20);
      const found: unknown[] = [normals.save(), engine.norm(from), engine.isFinite(from)];
      if (length > 2) from.set([Number.NaN, -0, 1e-40].slice(0, length), 0);
      for (const name of functions) {
        engine.apply(name, from, to);
        found.push(Array.from(to));
      }
      engine.fillUniform(normals, from, -30, 30);
      const logP = engine.allocate(length);
      engine.softmax(Math.floor(length / 3), 3, from, logP, to);
      found.push(Array.from(logP), Array.from(to));
      engine.fillNormal(normals, from, 0, 20);
      for (const name of ["rmsprop", "adam"] as const) {
        const optimizer = createOptimizer({ name, weightDecay: 0.1 }, engine);
        const state = optimizer.init(to);
        engine.fillNormal(normals, to);
        for (let step = 0; step < 3; step++) optimizer.step(to, from, state);
        found.push(Array.from(to), Array.from(state.squareAverage as Float32Array));
      }
      addScaled(to, 0.3, from, engine);
      scale(to, 0.7, engine);
      found.push(Array.from(to));
      return found;
    });
    expect(native).toEqual(wasm);
  });

  it.each(["units", "rows"] as const)("in normalisation over %s", (over) => {
    const found = [1, 5, 16, 67].flatMap((rows) =>
      [1, 3, 8, 9, 41, 64].flatMap((units, i) => {
        const [wasm, native] = [createWasmEngine({ megabytes: 1 }), createNativeEngine({ megabytes: 1 })].map(
          (engine) =>
            normalisationBits(
              engine,
              engine.normalization as NormalizationKernels,
              over,
              [rows, units],
              activations[i % 4],
              i % 3,
            ),
        );
        return JSON.stringify(wasm) === JSON.stringify(native) ? [] : [`${rows} x ${units}`];
      }),
    );
    expect(found).toEqual([]);
  });

  it("would be caught at a single different bit", () => {
    const operands = drawFor(2, 3, 4);
    const [wasm, native] = benches;
    const shape: DenseShape = { rows: 2, inputs: 3, outputs: 4, activation: "tanh", slope: 0.2 };
    const before = wasm.compute(shape, operands, 0);
    operands.weights[5] += 2 ** -22;
    expect(native.compute(shape, operands, 0)).not.toEqual(before);
  });
});

describeNative(wanted("runs on the native engine"), () => {
  const trains = async (task: Task, input: unknown, engine: string) => {
    const config = check(task.schema, input, "test");
    const { tables, outcome, summary, parametersSha256 } = await executeRun(task, { config, seed: 3, engine });
    const bytes = tables.map((table) => [table.name, Buffer.from(toParquet(table)).toString("base64")]);
    return { bytes, outcome, summary, parametersSha256 };
  };

  it.each<[string, Task, unknown]>([
    ["a ring GAN", gameTask, { game: { name: "ring" }, optimizer: { name: "rmsprop", lr: 0.001 }, steps: 300 }],
    [
      "a ring GAN with R1",
      gameTask,
      { game: { name: "ring", r1: 0.1 }, optimizer: { name: "adam", lr: 0.001 }, steps: 60 },
    ],
    [
      "an actor-critic",
      rlTask,
      { env: { id: "CartPole-v1" }, optimizer: { name: "rmsprop", lr: 0.001 }, steps: 20_000 },
    ],
  ])("of %s have the same rows, summary and parameters as on WebAssembly", async (_, task, input) => {
    const wasm = await trains(task, input, "wasm");
    expect(wasm.bytes.length).toBeGreaterThan(0);
    expect(await trains(task, input, "native")).toEqual(wasm);
  });

  it("are what auto means where a library is built", () => {
    expect(resolveEngine("auto")).toBe("native");
    expect(createEngine("native").name).toBe("native");
  });
});

describeNative(wanted("the native engine's memory"), () => {
  it("begins vectors at cache lines, zeroed", () => {
    const engine = createNativeEngine({ megabytes: 1 });
    const vectors = [1, 0, 5, 16, 17].map((size) => engine.allocate(size));
    const starts = vectors.map(({ byteOffset }) => byteOffset - vectors[0].byteOffset);
    expect(starts).toEqual([0, 64, 64, 128, 192]);
    expect(vectors.every((vector) => vector.every((value) => value === 0))).toBe(true);
  });

  it("says what raises it when it is exhausted, by vectors or by scratch", () => {
    const engine = createNativeEngine({ megabytes: 1 });
    const [weights, gradient, input] = [150_000, 1000, 300].map((size) => engine.allocate(size));
    const large: DenseShape = { rows: 1, inputs: 300, outputs: 500, activation: "relu", slope: 0 };
    const message = /memory of 1 MB is exhausted: \d+ bytes wanted, \d+ left; take smaller .*with createNativeEngine\(/;
    expect(() => engine.denseBackwardInput(large, gradient, weights, input)).toThrow(message);
    expect(() => engine.allocate(200_000)).toThrow(message);
    expect(() => createNativeEngine({ megabytes: 0.5 })).toThrow("megabytes: expected an integer from 1 to 2048");
  });

  it("refuses the vectors of other engines and short ones", () => {
    const [engine, other] = [createNativeEngine(), createWasmEngine()];
    const shape: DenseShape = { rows: 2, inputs: 3, outputs: 4, activation: "tanh", slope: 0 };
    const [input, weights, bias, output] = [6, 12, 4, 8].map((size) => engine.allocate(size));
    const foreign = "expected a vector of this engine";
    expect(() => engine.denseForward(shape, other.allocate(6), weights, bias, output)).toThrow(`input: ${foreign}`);
    expect(() => engine.denseForward(shape, input, weights, bias, new Float32Array(8))).toThrow(`output: ${foreign}`);
    expect(() => engine.denseForward(shape, input, weights.subarray(1), bias, output)).toThrow("weights: expected at");
  });
});

describeNative(wanted("a study on the native engine"), () => {
  it("leaves from two worker threads what WebAssembly leaves from one", () => {
    const here = newFolder();
    writeFileSync(
      join(here, "mine.yaml"),
      `name: mine
experiments:
  gan:
    task: game
    config: { game: { name: ring }, optimizer: { name: rmsprop, lr: 0.001 } }
    grid: { steps: [50, 80] }
    seeds: [1, 2]
`,
    );
    const study = (engine: string, jobs: string) => {
      const { status, stderr } = ringdown(
        here,
        "run",
        "mine.yaml",
        "--engine",
        engine,
        "--jobs",
        jobs,
        "--out",
        engine,
      );
      expect([status, stderr]).toEqual([0, expect.stringContaining("4 runs")]);
      const runs = join(here, engine, "mine", "runs");
      const left = readdirSync(runs).map((id) => {
        const { seed, config, parametersSha256, engine } = JSON.parse(readFileSync(join(runs, id, "run.json"), "utf8"));
        const metrics = readFileSync(join(runs, id, "metrics.parquet"), "base64");
        return { key: `${config.steps}/${seed}`, made: { parametersSha256, metrics }, engine };
      });
      expect(new Set(left.map((run) => run.engine))).toEqual(new Set([engine]));
      return new Map(left.sort((a, b) => a.key.localeCompare(b.key)).map(({ key, made }) => [key, made]));
    };
    const wasm = study("wasm", "1");
    expect(wasm.size).toBe(4);
    expect(study("native", "2")).toEqual(wasm);
  });
});
