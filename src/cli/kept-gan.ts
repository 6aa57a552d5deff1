import { existsSync } from "node:fs";
import { join } from "node:path";
import { type GameTaskConfig, gameTaskSchema } from "../../gan/config.js";
import { generatorOnnx } from "../../gan/networks/generator-onnx.js";
import { planeGanLayouts, planeGanTensors } from "../../gan/networks/plane-gan-tensors.js";
import { gameTask } from "../../gan/task.js";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { packageVersion } from "../config/package.js";
import { encodeSafetensors } from "../interchange/safetensors.js";
import { readSafetensors, saveSafetensors } from "../interchange/safetensors-file.js";
import { viewOf } from "../nn/layout.js";
import { ensureWritable } from "../study/files.js";
import type { Task } from "../study/task.js";

const fileName = "parameters.safetensors";

/** The task `game` that keeps a GAN's parameters as it ends in a folder, where one is given. */
export function keepingTask(folder: string | undefined): Task<GameTaskConfig> {
  if (folder === undefined) return gameTask;
  return {
    ...gameTask,
    async run(config, context) {
      await ensureWritable(folder);
      const result = await gameTask.run(config, context);
      const [discriminator, generator] = result.parameters as Float32Array[];
      const metadata = { ringdown: packageVersion, seed: String(context.seed), config: JSON.stringify(config) };
      await saveSafetensors(join(folder, fileName), planeGanTensors(config, [discriminator, generator]), metadata);
      return result;
    },
  };
}

export const holdsGan = (folder: string): boolean => existsSync(join(folder, fileName));

/** The formats of kept GANs, by name: the bytes of the file. */
export const ganExporters: Readonly<Record<string, (folder: string) => Promise<Uint8Array>>> = {
  async safetensors(folder) {
    return encodeSafetensors(await readSafetensors(join(folder, fileName)));
  },
  async onnx(folder) {
    const file = join(folder, fileName);
    const { tensors, metadata } = await readSafetensors(file);
    const config = check(gameTaskSchema, parse(metadata.config), `${file}: __metadata__.config`);
    const { generator: layout } = planeGanLayouts(config);
    const parameters = new Float32Array(layout.size);
    for (const tensor of layout.tensors) {
      const stored = tensors.get(`generator.${tensor.name}`);
      if (!(stored?.data instanceof Float32Array) || String(stored.shape) !== String(tensor.shape)) {
        const found = stored === undefined ? "nothing" : `${stored.data.constructor.name} [${stored.shape}]`;
        throw new InputError(
          `${file}: generator.${tensor.name}: expected Float32Array [${tensor.shape}], found ${found}`,
        );
      }
      viewOf(tensor, parameters).set(stored.data);
    }
    return generatorOnnx(config, parameters);
  },
};

/** JSON, or the text itself, which no schema takes, where it is none. */
function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return text;
  }
}
