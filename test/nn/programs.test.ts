import { describe, expect, it } from "vitest";
import { activations, type Engine, type LayerKernels, type Program } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const engine = createWasmEngine();

/** The engine with another way to record, or none. */
function recordingBy(record: Engine["record"]): Engine {
  return new Proxy(engine, {
    get(target, key) {
      if (key === "record") return record;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function normals(stream: RandomStream, size: number): Float32Array {
  const vector = engine.allocate(size);
  stream.fillNormal(vector);
  return vector;
}

/** The engine, and how often it has recorded. */
function counting(): { readonly engine: Engine; readonly recorded: () => number } {
  let count = 0;
  const record = (calls: (layers: LayerKernels) => void): Program => {
    count++;
    const program = engine.record?.(calls);
    if (program === undefined) throw new Error("the engine does not record");
    return program;
  };
  return { engine: recordingBy(record), recorded: () => count };
}

/** Everything that a few steps of a network leave behind, on this engine. */
function steps(engine: Engine, spec: MlpSpec, maxRows: number): number[][] {
  const stream = new RandomStream(1, "data");
  const mlp = new Mlp(engine, spec, maxRows);
  const parameters = normals(stream, mlp.size);
  const gradients = [normals(stream, mlp.size), null, normals(stream, mlp.size)];
  const inputs = [0, 1].map(() => normals(stream, maxRows * spec.inputs));
  const left: number[][] = [];
  for (let step = 0; step < 12; step++) {
    const rows = step % 4 === 3 ? 1 : maxRows;
    const into = gradients[step % 3];
    left.push([...mlp.forward(parameters, inputs[step % 2], rows)]);
    stream.fillNormal(mlp.outputGradient);
    left.push([...(mlp.backward(parameters, mlp.outputGradient, into, step % 5 > 1) ?? [])]);
    left.push([...(into ?? [])]);
    stream.fillNormal(parameters, 0, 0.5);
  }
  return left;
}

describe("programs of a network's layers", () => {
  it.each(
    activations.flatMap((activation): MlpSpec[] => [
      { inputs: 3, hidden: [17, 6], outputs: 2, activation },
      { inputs: 4, hidden: [], outputs: 5, activation, outputActivation: activation },
    ]),
  )("have the bits of the calls one by one: $activation, $hidden", (spec) => {
    const recorded = steps(engine, spec, 7);
    expect(recorded).toEqual(steps(recordingBy(undefined), spec, 7));
    expect(recorded.flat().every(Number.isFinite)).toBe(true);
  });

  it("are recorded once for each set of windows, however often these are made anew", () => {
    const { engine: counted, recorded } = counting();
    const mlp = new Mlp(counted, { inputs: 4, hidden: [8], outputs: 2, activation: "tanh" }, 4);
    const [parameters, input] = [engine.allocate(mlp.size), engine.allocate(32)];
    for (let step = 0; step < 20; step++) {
      for (const from of [0, 16]) mlp.forward(parameters, input.subarray(from, from + 16), 4);
      mlp.backward(parameters, mlp.outputGradient, null);
    }
    expect(recorded()).toBe(3);
  });

  it("check a window that begins where a longer one was recorded", () => {
    const mlp = new Mlp(engine, { inputs: 4, hidden: [8], outputs: 2, activation: "tanh" }, 4);
    const [parameters, input] = [engine.allocate(mlp.size), engine.allocate(16)];
    mlp.forward(parameters, input, 4);
    expect(() => mlp.forward(parameters, input.subarray(0, 12), 4)).toThrow("input: expected at least 16 floats");
    expect(() => mlp.forward(parameters, new Float32Array(16), 4)).toThrow("input: expected a vector of this engine");
  });

  it("go on without being recorded where there are more windows than are kept", () => {
    const { engine: counted, recorded } = counting();
    const mlp = new Mlp(counted, { inputs: 1, hidden: [], outputs: 1, activation: "tanh" }, 1);
    const parameters = normals(new RandomStream(1, "init"), mlp.size);
    const input = normals(new RandomStream(1, "data"), 5000);
    for (let row = 0; row < input.length; row++) {
      const [output] = mlp.forward(parameters, input.subarray(row, row + 1), 1);
      expect(output).toBe(Math.fround(Math.fround(input[row] * parameters[0]) + parameters[4]));
    }
    expect(recorded()).toBe(4096);
  });

  it("go on without being recorded for batches of more sizes than are kept, to the same bits", () => {
    const { engine: counted, recorded } = counting();
    const spec: MlpSpec = { inputs: 1, hidden: [3], outputs: 1, activation: "tanh" };
    const [mlp, other] = [new Mlp(counted, spec, 2000), new Mlp(engine, spec, 2000)];
    const stream = new RandomStream(1, "data");
    const [parameters, input] = [normals(stream, mlp.size), normals(stream, 2000)];
    const [gradients, expected] = [engine.allocate(mlp.size), engine.allocate(mlp.size)];
    for (let rows = 1; rows <= 1024; rows++) mlp.forward(parameters, input, rows);
    expect(recorded()).toBe(1024);
    for (const rows of [1500, 2000, 1500]) {
      expect(mlp.forward(parameters, input, rows)).toEqual(other.forward(parameters, input, rows));
      stream.fillNormal(mlp.outputGradient);
      other.outputGradient.set(mlp.outputGradient);
      mlp.backward(parameters, mlp.outputGradient, gradients);
      other.backward(parameters, other.outputGradient, expected);
      expect(gradients).toEqual(expected);
    }
    expect(recorded()).toBe(1024);
  });
});
