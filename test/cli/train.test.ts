import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resolveEngine } from "../../src/kernels/create.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { lastLine, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown train", () => {
  it("prints with --json one object with the promised fields", async () => {
    const here = folder();
    const options = [
      "--env",
      "CartPole-v1",
      "--agent",
      "a2c",
      "--optimizer",
      "rmsprop",
      "--steps",
      "4000",
      "--seed",
      "2",
    ];
    const { status, stdout, stderr } = await ringdownHere(
      here,
      "train",
      ...options,
      "--set",
      "optimizer.rho=0.9",
      "--json",
    );
    expect([status, stderr.includes("defect")]).toEqual([0, false]);
    const { episodes, meanReturnLast100, stepsPerSecond, parametersSha256, ...rest } = lastLine(stdout);
    expect(rest).toEqual({
      env: "CartPole-v1",
      agent: "a2c",
      optimizer: "rmsprop",
      seed: 2,
      steps: 4000,
      engine: resolveEngine("auto"),
      outcome: "completed",
    });
    expect(episodes).toBeGreaterThan(10);
    expect(meanReturnLast100).toBeGreaterThan(8);
    expect(stepsPerSecond).toBeGreaterThan(100);
    expect(parametersSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(here)).toEqual([]);
  });
});
