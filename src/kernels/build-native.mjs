// Compiles kernels.c for this very processor with the machine's own C compiler: `npm run build:native`.
// Only a library that gives the WebAssembly module's bits is kept. Of several widths of vectors, which give the same
// bits, it keeps the one that proves the fastest: processors with AVX-512 differ in how much they gain from it.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { activations, functions } from "../../dist/src/kernels/engine.js";
import { sourceSha256 as moduleSha256 } from "../../dist/src/kernels/module.js";
import { createEngineFrom } from "../../dist/src/kernels/native.js";
import { libraryFolder, libraryName, processor, sha256 } from "../../dist/src/kernels/native-library.js";
import { createWasmEngine } from "../../dist/src/kernels/wasm.js";
import { RandomStream } from "../../dist/src/rng/random-stream.js";
import { nativeFlags, sourceSha256 } from "./build.mjs";

const source = fileURLToPath(new URL("kernels.c", import.meta.url));

/** The first compiler that answers: $CC, or the usual names. */
function findCompiler() {
  const wanted = process.env.CC;
  const names = wanted ? [wanted] : ["cc", "gcc", "clang"];
  const compiler = names.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler !== undefined) return compiler;
  const missing = wanted ? `$CC (${wanted}) is no C compiler` : `there is no C compiler: none of ${names.join(", ")}`;
  throw new Error(`${missing}; install gcc or clang, or go on with the engine wasm`);
}

function run(compiler, words) {
  const { status, stdout, stderr, error } = spawnSync(compiler, words, { encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`${compiler} failed: ${(stderr || String(error)).trim()}`);
}

/** How many floats a vector can have, by what the compiler says of this processor. */
function widths(compiler) {
  const macros = run(compiler, ["-march=native", "-dM", "-E", "-x", "c", "/dev/null"]);
  if (macros.includes("__AVX512VL__")) return [8, 16];
  return macros.includes("__AVX2__") ? [8] : [4];
}

/** Layers of every kind of path through the kernels: whole tiles, single vectors, tails, narrow matrices. */
const shapes = [
  [256, 64, 64],
  [67, 100, 41],
  [19, 64, 2],
  [18, 2, 64],
  [5, 17, 1],
  [3, 3, 23],
];

/** Runs every kernel on this shape; the vectors hold the same numbers for every engine. */
function exercise(engine, [rows, inputs, outputs], activation) {
  let state = 1;
  const fill = (size) => {
    const vector = engine.allocate(size);
    for (let i = 0; i < size; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      vector[i] = state / 2147483648 - 1;
    }
    return vector;
  };
  const shape = { rows, inputs, outputs, activation, slope: 0.2 };
  const [input, weights, bias] = [fill(rows * inputs), fill(inputs * outputs), fill(outputs)];
  const [output, gradient] = [engine.allocate(rows * outputs), fill(rows * outputs)];
  const results = [
    output,
    gradient,
    ...[inputs * outputs, outputs, rows * inputs].map((size) => engine.allocate(size)),
  ];
  const [, , toWeights, toBias, toInput] = results;
  const forward = () => engine.denseForward(shape, input, weights, bias, output);
  const backward = () => {
    engine.denseBackwardWeights(shape, input, gradient, toWeights, toBias);
    engine.denseBackwardInput(shape, gradient, weights, toInput, { ...shape, outputs: inputs }, input);
  };
  return { forward, backward, derive: () => engine.activationBackward(shape, output, gradient), results };
}

const toHex = (vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("hex");

function results(engine) {
  const layers = shapes.flatMap((shape) =>
    activations.flatMap((activation) => {
      const { forward, backward, derive, results } = exercise(engine, shape, activation);
      for (const step of [forward, derive, backward]) step();
      return results.map(toHex);
    }),
  );
  return [...layers, ...loops(engine), ...shapes.flatMap((shape) => normalised(engine, shape))];
}

/** What the kernels of single elements give for a vector whose length no vector register divides. */
function loops(engine) {
  const size = 1003;
  const stream = new RandomStream(1, "data");
  const [gradients, parameters, average, square, updates] = Array.from({ length: 5 }, () => engine.allocate(size));
  for (const vector of [gradients, parameters]) engine.fillNormal(stream, vector, 0, 3);
  const mapped = functions.map((name) => {
    const to = engine.allocate(size);
    engine.apply(name, gradients, to);
    return to;
  });
  const [logits, ...probabilities] = Array.from({ length: 3 }, () => engine.allocate(size));
  engine.fillUniform(stream, logits, -30, 30);
  engine.softmax(Math.floor(size / 3), 3, logits, ...probabilities);
  mapped.push(logits, ...probabilities);
  for (let step = 1; step <= 3; step++) {
    const common = { decay: step === 2 ? 0 : 0.1, eps: 1e-8, shrink: step === 1 ? 0 : 0.01 };
    const moments = { beta1: 0.9, fresh1: 1 - 0.9, beta2: 0.99, fresh2: 1 - 0.99, stepSize: 0.01 };
    engine.adamUpdate({ ...common, ...moments }, gradients, average, square, updates, parameters, true);
    const rule = { rho: 0.9, fresh: 1 - 0.9, correction: step === 2 ? 0.3 : 1, inside: 1e-8, outside: 1e-7 };
    engine.rmspropUpdate({ ...common, ...rule, before: 1, after: 0.01 }, gradients, square, updates, parameters, true);
  }
  engine.scale(gradients, 0.7);
  engine.addScaled(parameters, 0.3, gradients);
  const measures = [engine.norm(parameters), Number(engine.isFinite(parameters))].map(String);
  return [...measures, ...[gradients, parameters, average, square, updates, ...mapped].map(toHex)];
}

/** What the kernels of normalised layers give for `rows` of `units` values. */
function normalised(engine, [rows, units]) {
  const stream = new RandomStream(2, "data");
  const [values, gradient, scale, shift] = [rows * units, rows * units, units, units].map((size) => {
    const vector = engine.allocate(size);
    engine.fillNormal(stream, vector, 1, 2);
    return vector;
  });
  return ["units", "rows"].flatMap((over) => {
    const shape = { rows, units, over, activation: "tanh", slope: 0 };
    const [normal, back] = [0, 1].map(() => engine.allocate(rows * units));
    const groups = Array.from({ length: 3 }, () => engine.allocate(Math.max(rows, units)));
    const [toScale, toShift] = [0, 1].map(() => engine.allocate(units));
    const { normalize, scaleAndShift, scaleAndShiftBackward, normalizeBackward } = engine.normalization;
    back.set(gradient);
    normalize(shape, 1e-5, values, normal, ...groups);
    scaleAndShiftBackward(shape, normal, gradient, toScale, toShift);
    normalizeBackward(shape, normal, groups[0], scale, back);
    const output = engine.allocate(rows * units);
    scaleAndShift(shape, normal, scale, shift, output);
    return [normal, back, output, toScale, toShift, ...groups].map(toHex);
  });
}

/**
 * Milliseconds of a hidden layer's step, forward and backward, for each library: the shortest of many turns, since
 * whatever else the machine does can only make a turn longer. They go on for two seconds and more: a neighbour on the
 * same core slows short vectors the most, and is not always there.
 */
function compare(libraries) {
  const layers = libraries.map((path) => exercise(createEngineFrom(path, { megabytes: 16 }), shapes[0], "relu"));
  const shortest = layers.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 4000; round++)
    for (const [i, { forward, backward }] of layers.entries()) {
      // biome-ignore lint/plugin: the clock chooses between libraries that give the same results
      const start = performance.now();
      for (let call = 0; call < 5; call++) {
        forward();
        backward();
      }
      // biome-ignore lint/plugin: see above
      shortest[i] = Math.min(shortest[i], (performance.now() - start) / 5);
    }
  return shortest;
}

function build() {
  if (sourceSha256 !== moduleSha256) throw new Error("kernels.c has changed: first npm run build:kernels");
  const compiler = findCompiler();
  const folder = libraryFolder();
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, ".building-"));
  try {
    const expected = results(createWasmEngine({ megabytes: 16 }));
    const candidates = widths(compiler).map((lanes) => {
      const path = join(temporary, `${lanes}.so`);
      run(compiler, [...nativeFlags, `-DLANES=${lanes}`, source, "-o", path]);
      const found = results(createEngineFrom(path, { megabytes: 16 }));
      if (found.some((hex, i) => hex !== expected[i]))
        throw new Error(
          `${compiler} made kernels that give other bits than WebAssembly: not kept; try another compiler`,
        );
      return { lanes, path };
    });
    const milliseconds = compare(candidates.map(({ path }) => path));
    const fastest = candidates[milliseconds.indexOf(Math.min(...milliseconds))];
    return { compiler, folder, milliseconds, candidates, ...keep(fastest, compiler, folder) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Moves the library to its place, then its record; older ones for this processor go. */
function keep({ lanes, path }, compiler, folder) {
  const cpu = processor();
  const name = libraryName(sourceSha256, cpu);
  const record = {
    sourceSha256,
    cpu,
    lanes,
    compiler: run(compiler, ["--version"]).split("\n")[0],
    flags: [...nativeFlags, `-DLANES=${lanes}`],
    librarySha256: sha256(readFileSync(path)),
  };
  for (const file of readdirSync(folder)) {
    const old = /^kernels-.*\.(json|so)$/.test(file) && file.includes(`-${cpu.sha256.slice(0, 12)}.`);
    if (old) rmSync(join(folder, file));
  }
  renameSync(path, join(folder, `${name}.so`));
  writeFileSync(join(folder, `${name}.json.new`), `${JSON.stringify(record, null, 2)}\n`);
  renameSync(join(folder, `${name}.json.new`), join(folder, `${name}.json`));
  return { name, record };
}

try {
  const { folder, name, record, candidates, milliseconds } = build();
  console.log(`${join(folder, name)}.so: kernels.c ${sourceSha256.slice(0, 12)} for ${record.cpu.model}`);
  const times = candidates.map(({ lanes }, i) => `${lanes} lanes ${milliseconds[i].toFixed(3)} ms`).join(", ");
  console.log(`by ${record.compiler}, ${record.lanes} floats in a vector (a 64 x 64 layer: ${times})`);
  console.log("--engine auto uses it from now on; the bits are those of wasm");
} catch (error) {
  console.error(`build:native: ${error.message}`);
  process.exitCode = 1;
}
