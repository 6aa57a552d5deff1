import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveEngine } from "../../src/kernels/create.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { lastLine, ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown play", () => {
  it("prints with --json one object with the promised fields, last on standard output, and writes nothing", () => {
    const here = folder();
    const options = ["play", "bilinear", "--optimizer", "momentum", "--order", "simultaneous", "--steps", "300"];
    const set = ["--set", "optimizer.lr=0.1", "--set", "optimizer.momentum=-0.5", "--json"];
    const { status, stdout } = ringdown(here, ...options, ...set);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const { stepsPerSecond, measured, predicted, parametersSha256, ...rest } = lastLine(stdout);
    expect(rest).toEqual({
      game: "bilinear",
      order: "simultaneous",
      optimizer: "momentum",
      seed: 1,
      steps: 300,
      engine: resolveEngine("auto"),
      outcome: "completed",
    });
    expect(stepsPerSecond).toBeGreaterThan(0);
    expect(parametersSha256).toMatch(/^[0-9a-f]{64}$/);
    for (const field of ["spectralRadius", "angle", "dampingRatio", "period", "winding", "radius"]) {
      expect(measured).toHaveProperty(field);
      expect(predicted).toHaveProperty(field);
    }
    expect(measured.spectralRadius).toBeCloseTo(predicted.spectralRadius, 8);
    expect(readdirSync(here)).toEqual([]);
  });

  it("says on which of TensorFlow.js' backends --engine tfjs ran, and trains what WebAssembly trains", () => {
    const here = folder();
    const options = ["play", "ring", "--steps", "5", "--set", "network.hidden=[8]", "--set", "batch=64", "--json"];
    const [tfjs, wasm] = ["tfjs", "wasm"].map((name) => lastLine(ringdown(here, ...options, "--engine", name).stdout));
    expect(tfjs.engine).toMatch(/^tfjs-(cpu|node)$/);
    expect(tfjs.parametersSha256).not.toBe(wasm.parametersSha256);
    expect(tfjs.measured.radius / wasm.measured.radius).toBeCloseTo(1, 4);
  });

  it("prints the same bits with and without --json, and stores the run when asked", async () => {
    const here = folder();
    const options = ["play", "bilinear", "--steps", "50", "--seed", "7"];
    const { parametersSha256 } = lastLine((await ringdownHere(here, ...options, "--json")).stdout);
    const told = await ringdownHere(here, ...options, "--out", "kept");
    expect(told.status).toBe(0);
    expect(told.stdout).toContain(`parametersSha256  ${parametersSha256}`);
    expect(told.stdout).toMatch(/measured +predicted/);
    const [id] = readdirSync(join(here, "kept"));
    expect(told.stderr).toContain(`stored in kept/${id}`);
    const files = readdirSync(join(here, "kept", id)).sort();
    expect(files).toEqual(["metrics.parquet", "orbit.png", "pathAngle.parquet", "run.json"]);
    const record = JSON.parse(readFileSync(join(here, "kept", id, "run.json"), "utf8"));
    expect(record).toMatchObject({ id, task: "game", seed: 7, parametersSha256, config: { steps: 50 } });
  });

  it("shows an averaged generator beside the raw one", async () => {
    const small = ["--steps", "20", "--set", "batch=16", "--set", "network.hidden=[8]", "--set", "averaging={}"];
    const { stdout } = await ringdownHere(folder(), "play", "ring", ...small);
    expect(stdout).toMatch(/measured +predicted +averaged\n/);
    expect(stdout).toMatch(/\nreverseKl +[\d.]+ +– +[\d.]+\n/);
    expect(lastLine((await ringdownHere(folder(), "play", "ring", ...small, "--json")).stdout)).toHaveProperty(
      "averaged.highQuality",
    );
  });

  it("draws a stored GAN's run, which ringdown report draws again bit for bit", async () => {
    const here = folder();
    const small = ["--steps", "40", "--set", "batch=16", "--set", "network.hidden=[8]"];
    const told = await ringdownHere(here, "play", "ring", ...small, "--out", "kept");
    const [id] = readdirSync(join(here, "kept"));
    const pictures = ["samples.png", "course.png"].map((file) => `kept/${id}/${file}`);
    for (const file of pictures) expect(told.stderr).toContain(`drawn in ${file}\n`);
    const bytes = () => pictures.map((file) => readFileSync(join(here, file), "base64"));
    const before = bytes();
    for (const file of pictures) rmSync(join(here, file));
    const again = await ringdownHere(here, "report", `kept/${id}`);
    expect(again).toEqual({ status: 0, stdout: `${pictures.join("\n")}\n`, stderr: "" });
    expect(bytes()).toEqual(before);
  });

  it.each([
    ["one step", "bilinear", ["--steps", "1"]],
    ["one step of a GAN", "ring", ["--steps", "1", "--set", "batch=8"]],
    ["a divergence", "bilinear", ["--order", "simultaneous", "--set", "optimizer.lr=100"]],
    ["a GAN's divergence", "ring", ["--steps", "9", "--set", "batch=8", "--set", "optimizer.lr=1e30"]],
  ])("draws %s too", async (_, game, options) => {
    const here = folder();
    const { status, stderr } = await ringdownHere(here, "play", game, ...options, "--out", "kept");
    expect([status, stderr.match(/drawn in .*\.png/g)?.length]).toEqual([0, game === "ring" ? 2 : 1]);
  });

  it("takes divergence for an outcome", async () => {
    const { status, stdout } = await ringdownHere(
      ...[folder(), "play", "bilinear", "--order", "simultaneous", "--set", "optimizer.lr=100", "--json"],
    );
    expect(status).toBe(0);
    const { outcome, divergence, steps } = lastLine(stdout);
    expect(outcome).toBe("diverged");
    expect(steps).toBe(divergence.step);
    expect(divergence.reason).toMatch(/not finite/);
  });
});
