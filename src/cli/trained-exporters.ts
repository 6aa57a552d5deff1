import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { LoadedTraining } from "../../agents/load-training.js";
import { InputError } from "../config/input-error.js";
import { hasCheckpoint } from "../study/checkpoint-file.js";
import { writeWhole } from "../study/files.js";
import { requireAllowedTraining } from "./modules.js";

/** The formats of trained agents, by name: the bytes of the file. */
export const policyExporters: Readonly<Record<string, (training: LoadedTraining) => Promise<Uint8Array>>> = {
  async safetensors({ agent, config, seed, env }) {
    const { agentTensors } = await import("../../agents/tensors.js");
    const { encodeSafetensors } = await import("../interchange/safetensors.js");
    const { packageVersion } = await import("../config/package.js");
    const metadata = {
      ringdown: packageVersion,
      seed: String(seed),
      step: String(env.clock),
      config: JSON.stringify(config),
    };
    return encodeSafetensors({ tensors: agentTensors(agent), metadata });
  },
  async onnx(training) {
    const { policyOnnx } = await import("../../agents/policy-onnx.js");
    return policyOnnx(training);
  },
};

/**
 * Writes the agents and GANs of a folder, or of all that lie in it, a file each; returns the path of what to open.
 *
 * @param allowModules whether the code of modules may run that a training names
 * @throws InputError where there is none, or a module is named that may not run
 */
export async function exportTrained(
  folder: string,
  format: string,
  out: string,
  allowModules: boolean,
): Promise<string> {
  const { loadTraining } = await import("../../agents/load-training.js");
  const { ganExporters, holdsGan } = await import("./kept-gan.js");
  const found = await trainedIn(folder, async (one) => holdsGan(one) || (await hasCheckpoint(one)));
  for (const one of found) if (!holdsGan(one)) await requireAllowedTraining(one, allowModules);
  const files = found.map((one) => join(out, `${basename(resolve(one))}.${format}`));
  for (const [index, one] of found.entries()) {
    const bytes = holdsGan(one)
      ? await ganExporters[format](one)
      : await policyExporters[format](await loadTraining(one, "wasm"));
    await writeWhole(files[index], bytes);
  }
  return files.length === 1 ? files[0] : out;
}

async function trainedIn(folder: string, isOne: (folder: string) => Promise<boolean>): Promise<string[]> {
  if (await isOne(folder)) return [folder];
  const below = await readdir(folder).catch(() => []);
  const found = [];
  for (const name of below.sort()) if (await isOne(join(folder, name))) found.push(join(folder, name));
  if (found.length > 0) return found;
  throw new InputError(
    `${folder}: expected a trained agent or GAN, found none; ringdown train --checkpoint and play --keep keep one`,
  );
}
