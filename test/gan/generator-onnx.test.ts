import * as onnx from "onnxruntime-web";
import { beforeAll, expect, it } from "vitest";
import {
  createTarget,
  gameTaskSchema,
  generatorOnnx,
  planeGan,
  planeGanOptions,
  planeGanTensors,
} from "../../gan/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

beforeAll(() => {
  onnx.env.wasm.numThreads = 1;
});

const rows = 64;

function made(network: object) {
  const config = gameTaskSchema.parse({
    game: { name: "ring", latent: 3 },
    optimizer: { name: "sgd" },
    network,
    batch: rows,
  });
  const options = planeGanOptions({ name: "ring", latent: 3 });
  const engine = createEngine("wasm");
  const streams = new Streams(1);
  const gan = planeGan(options, createTarget(options), engine, streams, {
    network: config.network as NonNullable<typeof config.network>,
    batch: rows,
  });
  const [discriminator, generator] = gan.players.map(({ parameters }) => parameters as Float32Array);
  return { config, engine, gan, discriminator, generator };
}

it.each([
  ["ReLU", { hidden: [16, 16] }],
  ["tanh and layer normalisation", { hidden: [16], activation: "tanh", normalization: "layer" }],
])("a generator with %s: ONNX Runtime draws its samples", async (_, network) => {
  const { config, engine, gan, generator } = made(network);
  const latents = engine.allocate(rows * 3);
  engine.fillNormal(new RandomStream(5, "latent"), latents);
  const expected = gan.sample(new RandomStream(5, "latent"), rows);

  const session = await onnx.InferenceSession.create(generatorOnnx(config, generator));
  const { sample } = await session.run({ latent: new onnx.Tensor("float32", Float32Array.from(latents), [rows, 3]) });
  const found = sample.data as Float32Array;
  expect(found).toHaveLength(2 * rows);
  for (let i = 0; i < found.length; i++) {
    expect(Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i]))).toBeLessThan(1e-6);
  }
});

it("has the tensors of both networks as views", () => {
  const { config, discriminator, generator } = made({ hidden: [4], normalization: "layer" });
  const tensors = planeGanTensors(config, [discriminator, generator]);
  expect([...tensors.keys()]).toContain("generator.layer0.scale");
  expect(tensors.get("generator.layer0.weights")?.data).toEqual(generator.slice(0, 12));
  tensors.get("discriminator.layer0.weights")?.data.fill(7 as never);
  expect(discriminator[0]).toBe(7);
});

it("refuses batch normalisation, whose averages are no parameters, in one line", () => {
  const { config, generator } = made({ hidden: [4], normalization: "batch" });
  expect(() => generatorOnnx(config, generator)).toThrow(
    "network: normalization: expected none or layer for ONNX, found batch",
  );
});
