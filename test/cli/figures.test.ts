import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const study = `
name: mine
title: A title
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: sgd, lr: 0.1 }, steps: 30 }
    seeds: [1]
`;

describe("--paper", () => {
  it("draws the figures of a study for print too, with run as with report", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    const ran = ringdown(here, "run", "mine.yaml", "--jobs", "1", "--paper");
    const files = ["first.png", "paper/first.png", "paper/first.pdf", "report.md", "index.html"];
    const written = [...files.map((file) => `results/mine/${file}`), "results/index.html", ""];
    expect(ran.stdout.split("\n")).toEqual(written);
    const before = readFileSync(join(here, "results/mine/paper/first.pdf"));
    const { status, stdout } = await ringdownHere(here, "report", "results/mine", "--paper");
    expect([status, stdout.split("\n")]).toEqual([0, written]);
    expect(Buffer.compare(before, readFileSync(join(here, "results/mine/paper/first.pdf")))).toBe(0);
  });

  it("draws those of a single run", async () => {
    const here = folder();
    await ringdownHere(here, "play", "bilinear", "--steps", "30", "--out", "runs");
    const [run] = readdirSync(join(here, "runs"));
    const { stdout } = await ringdownHere(here, "report", `runs/${run}`, "--paper");
    const pictures = stdout.trimEnd().split("\n");
    expect(pictures).toContain(`runs/${run}/paper/${basename(pictures[0], ".png")}.pdf`);
    for (const picture of pictures) expect(existsSync(join(here, picture))).toBe(true);
  });

  it("is refused where there are no figures", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    const { status, stderr } = await ringdownHere(here, "run", "mine.yaml", "--dry-run", "--paper");
    expect([status, stderr]).toEqual([2, "ringdown: --paper: a dry run has no figures to draw\n"]);
    expect(existsSync(join(here, "results"))).toBe(false);
  });
});
