import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadTraining } from "../../agents/load-training.js";
import { readSafetensors } from "../../src/interchange/safetensors-file.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const train = (checkpoint: string) => {
  const network = ["--set", "network.hidden=[8]", "--set", "env.copies=2"];
  return ["train", "--env", "CartPole-v1", "--agent", "a2c", "--steps", "400", ...network, "--checkpoint", checkpoint];
};

it("exports a training's agent as safetensors, with what it was trained by, and its policy as ONNX", async () => {
  const here = folder();
  await ringdownHere(here, ...train("kept"));
  expect(await ringdownHere(here, "export", "kept", "--to", "safetensors")).toMatchObject({
    status: 0,
    stdout: `${join("kept-safetensors", "kept.safetensors")}\n`,
  });
  const { tensors, metadata } = await readSafetensors(join(here, "kept-safetensors/kept.safetensors"));
  const { agent } = await loadTraining(join(here, "kept"), "wasm");
  const { net, parameters } = agent.inspect().networks.policy as { net: { size: number }; parameters: Float32Array };
  expect(tensors.get("policy.layer0.weights")?.data).toEqual(parameters.slice(0, 4 * 8));
  expect(net.size).toBe(parameters.length);
  expect(metadata).toMatchObject({ seed: "1", step: "400" });
  expect(JSON.parse(metadata.config)).toMatchObject({ env: { id: "CartPole-v1" }, network: { hidden: [8] } });

  expect(await ringdownHere(here, "export", "kept", "--to", "onnx", "--out", "policies")).toMatchObject({ status: 0 });
  expect(readFileSync(join(here, "policies/kept.onnx")).includes("observation")).toBe(true);
});

it("exports every training of a folder, a file each", async () => {
  const here = folder();
  for (const name of ["one", "two"]) await ringdownHere(here, ...train(join("all", name)));
  await ringdownHere(here, "export", "all", "--to", "onnx");
  for (const name of ["one", "two"]) expect(existsSync(join(here, "all-onnx", `${name}.onnx`))).toBe(true);
});

it("says where a trained agent would come from, in one line", async () => {
  const { status, stderr } = await ringdownHere(folder(), "export", ".", "--to", "safetensors");
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^ringdown: \.: expected a trained agent or GAN, found none; ringdown train --checkpoint .*$/m,
  );
});

it("keeps a GAN's networks by name and exports its generator", async () => {
  const here = folder();
  const words = ["--optimizer", "adam", "--steps", "5", "--set", "network.hidden=[8]", "--set", "batch=16"];
  expect(await ringdownHere(here, "play", "ring", ...words, "--keep", "ring")).toMatchObject({ status: 0 });
  const { tensors, metadata } = await readSafetensors(join(here, "ring/parameters.safetensors"));
  expect([...tensors].map(([name, { shape }]) => `${name} [${shape}]`).sort()).toEqual([
    "discriminator.layer0.bias [8]",
    "discriminator.layer0.weights [2,8]",
    "discriminator.layer1.bias [1]",
    "discriminator.layer1.weights [8,1]",
    "generator.layer0.bias [8]",
    "generator.layer0.weights [2,8]",
    "generator.layer1.bias [2]",
    "generator.layer1.weights [8,2]",
  ]);
  expect(JSON.parse(metadata.config)).toMatchObject({ game: { name: "ring" }, steps: 5 });
  expect(await ringdownHere(here, "export", "ring", "--to", "onnx")).toMatchObject({
    status: 0,
    stdout: `${join("ring-onnx", "ring.onnx")}\n`,
  });
  expect(readFileSync(join(here, "ring-onnx/ring.onnx")).includes("latent")).toBe(true);
  expect(await ringdownHere(here, "export", "ring", "--to", "safetensors")).toMatchObject({ status: 0 });
  const read = (file: string) => readFileSync(join(here, file));
  expect(read("ring-safetensors/ring.safetensors")).toEqual(read("ring/parameters.safetensors"));
  expect(await ringdownHere(here, "play", "bilinear", "--keep", "x")).toMatchObject({
    status: 2,
    stderr: "ringdown: --keep: expected a GAN, whose networks can be kept, found bilinear\n",
  });
});
