import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();
afterEach(() => vi.unstubAllEnvs());

const study = `
name: mine
title: A title
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: sgd, lr: 0.1 }, steps: 3 }
    seeds: [1]
`;

describe.runIf(process.platform === "linux")("--open", () => {
  it("is refused where there is no page", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    const { status, stderr } = await ringdownHere(here, "run", "mine.yaml", "--dry-run", "--open");
    expect([status, stderr]).toEqual([2, "ringdown: --open: a dry run has no report to open\n"]);
  });

  it("opens the page of the report, by no shell", async () => {
    const here = folder();
    const programs = join(here, "programs");
    mkdirSync(programs);
    writeFileSync(
      join(programs, "xdg-open"),
      `#!/bin/sh\nprintf '%s' "$1" > "${here}/opened.part"\nmv "${here}/opened.part" "${here}/opened"\n`,
    );
    chmodSync(join(programs, "xdg-open"), 0o755);
    vi.stubEnv("PATH", `${programs}:${process.env.PATH}`);
    writeFileSync(join(here, "mine.yaml"), study);
    expect(ringdown(here, "run", "mine.yaml", "--jobs", "1", "--out", "two words; $(x)", "--open").status).toBe(0);
    await vi.waitFor(() => expect(existsSync(join(here, "opened"))).toBe(true), { timeout: 5000 });
    expect(readFileSync(join(here, "opened"), "utf8")).toBe(join(here, "two words; $(x)", "mine", "index.html"));

    vi.stubEnv("PATH", here);
    const { status, stderr } = await ringdownHere(here, "report", "two words; $(x)/mine", "--open");
    expect([status, stderr]).toEqual([
      0,
      "ringdown: --open: xdg-open cannot be started (spawn xdg-open ENOENT); open two words; $(x)/mine/index.html by hand\n",
    ]);
  });
});
