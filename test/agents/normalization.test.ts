import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/task.js";
import { record } from "../record.js";

const config = (normalization: string) => ({
  env: { id: "CartPole-v1", copies: 4 },
  agent: { rollout: 16 },
  optimizer: { name: "adam" },
  network: { hidden: [16], normalization },
  steps: 640,
});

describe("an agent's normalised network", () => {
  it("learns otherwise than a plain one", async () => {
    const [plain, layer] = [await record(rlTask, config("none")), await record(rlTask, config("layer"))];
    expect(layer.result.outcome).toEqual({ kind: "completed" });
    expect(layer.result.parametersSha256).not.toBe(plain.result.parametersSha256);
  });

  it("is not normalised over batches: a single observation is none", async () => {
    await expect(record(rlTask, config("batch"))).rejects.toThrow(
      "network.normalization: an agent acts on one observation at a time, which is no batch; expected none or layer",
    );
  });
});
