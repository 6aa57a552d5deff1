import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown doctor", () => {
  it("finds everything that is installed, and writes nothing", async () => {
    const here = folder();
    const { status, stdout } = await ringdownHere(here, "doctor");
    expect([status, stdout.includes("MISSING")]).toEqual([0, false]);
    for (const name of [
      "ringdown",
      "node",
      "cores",
      "engine wasm",
      "engine native",
      "engine tfjs",
      "engine auto",
      "queue",
      "font",
      "charts",
      "results",
    ]) {
      expect(stdout).toContain(`ok      ${name}`);
    }
    expect(stdout).toMatch(/ok +engine tfjs +tfjs-(node computes|cpu computes; faster would be tfjs-node: )/);
    expect(JSON.parse((await ringdownHere(here, "doctor", "--json")).stdout).healthy).toBe(true);
    expect(readdirSync(here)).toEqual([]);
  });

  it("tells how to build the native engine where it is not built, and takes that for no fault", async () => {
    const here = folder();
    const before = process.env.RINGDOWN_NATIVE;
    process.env.RINGDOWN_NATIVE = join(here, "nothing");
    const { status, stdout } = await ringdownHere(here, "doctor");
    const refused = await ringdownHere(here, "play", "bilinear", "--engine", "native");
    if (before === undefined) delete process.env.RINGDOWN_NATIVE;
    else process.env.RINGDOWN_NATIVE = before;
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /ok +engine native +not built; to have it: npm run build:native, which needs a C compiler\n/,
    );
    expect(stdout).toMatch(/ok +engine auto +wasm\n/);
    expect(refused).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("engine native: not built; build it with `npm run build:native`"),
    });
  });

  it("says what is wrong and what to do", async () => {
    const here = folder();
    writeFileSync(join(here, "results"), "");
    const { status, stdout } = await ringdownHere(here, "doctor");
    expect(status).toBe(1);
    expect(stdout).toMatch(/MISSING results +results is a file, not a folder: choose another folder with --out/);
  });
});
