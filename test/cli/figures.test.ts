import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
    grid: { optimizer.lr: [0.05, 0.1] }
    seeds: [1, 2]
`;

/** What a report with figures for print consists of, as it is printed. */
const written = [
  ...["first.png", "paper/first.png", "paper/first.pdf", "report.md", "index.html"].map(
    (file) => `results/mine/${file}`,
  ),
  "results/index.html",
  "",
];

describe("figures", () => {
  it("of a study are drawn for print by --paper, those of a comparison by --figure", { timeout: 240_000 }, async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    expect(ringdown(here, "run", "mine.yaml", "--jobs", "1", "--paper").stdout.split("\n")).toEqual(written);
    const printed = readFileSync(join(here, "results/mine/paper/first.pdf"));
    const { stdout } = await ringdownHere(here, "report", "results/mine", "--paper");
    expect(stdout.split("\n")).toEqual(written);
    expect(Buffer.compare(printed, readFileSync(join(here, "results/mine/paper/first.pdf")))).toBe(0);

    // Two studies of one name, whose conditions are told apart by their folders.
    cpSync(join(here, "results/mine"), join(here, "again/mine"), { recursive: true });
    const metric = ["--metric", "measured.distance"];
    const compare = (...words: string[]) =>
      ringdownHere(here, "compare", "results/mine", "again/mine", ...metric, ...words);
    const told = await compare("--figure", "drawn.png");
    expect(told.status).toBe(0);
    const [title, ...rows] = told.stdout.trimEnd().split("\n");
    const baseline = "results/mine: lr = 0.05";
    expect(title).toMatch(`measured.distance of mine/first and mine/first; differences to "${baseline}"`);
    expect(rows.map((row) => row.split("  ")[0])).toEqual([
      baseline,
      "results/mine: lr = 0.1",
      "again/mine: lr = 0.05",
      "again/mine: lr = 0.1",
      "drawn.png",
    ]);
    expect(rows[1]).toMatch(/ exact .* larger$/);
    expect(rows[2]).toMatch(/ 0 +exact .* the same$/);
    expect(readFileSync(join(here, "drawn.png")).toString("latin1", 1, 4)).toBe("PNG");

    const json = await compare("--figure", "drawn.pdf", "--baseline", "again/mine: lr = 0.1", "--json");
    const result = JSON.parse(json.stdout);
    expect(result).toMatchObject({ study: ["mine", "mine"], experiment: ["first", "first"], figure: "drawn.pdf" });
    const found = result.rows.map((row: { found: string | null }) => row.found);
    expect(found).toEqual(["smaller", "the same", "smaller", null]);
    expect(readFileSync(join(here, "drawn.pdf")).toString("latin1")).toContain("/MediaBox [0 0 504 ");

    for (const [words, error] of [
      [["--figure", "drawn.jpg"], '--figure: expected the path of a .png or .pdf, found "drawn.jpg"'],
      [["--baseline", "lr = 0.05"], '--baseline: there is no "lr = 0.05"; '],
      [["--experiment", "frist"], '--experiment: results/mine: there is no "frist"; did you mean "first"'],
    ] as const) {
      const { status, stderr } = await compare(...words);
      expect([status, stderr]).toEqual([2, expect.stringContaining(error)]);
    }
    const twice = await ringdownHere(here, "compare", "results/mine", "results/mine/", ...metric);
    expect([twice.status, twice.stderr]).toEqual([2, "ringdown: <dir>: results/mine/ is given twice\n"]);
  });

  it("of a single run are drawn for print, too", { timeout: 240_000 }, async () => {
    const here = folder();
    await ringdownHere(here, "play", "bilinear", "--steps", "30", "--out", "runs");
    const [run] = readdirSync(join(here, "runs"));
    const { stdout } = await ringdownHere(here, "report", `runs/${run}`, "--paper");
    const pictures = stdout.trimEnd().split("\n");
    expect(pictures).toContain(`runs/${run}/paper/${basename(pictures[0], ".png")}.pdf`);
    for (const picture of pictures) expect(existsSync(join(here, picture))).toBe(true);
  });

  it("are refused where there are none", { timeout: 240_000 }, async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    const { status, stderr } = await ringdownHere(here, "run", "mine.yaml", "--dry-run", "--paper");
    expect([status, stderr]).toEqual([2, "ringdown: --paper: a dry run has no figures to draw\n"]);
    expect(existsSync(join(here, "results"))).toBe(false);
  });
});
