import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ownStudy } from "./own-study.js";
import { lastLine, ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown compare", () => {
  it("compares every condition with the baseline by seed, for readers and for machines", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[30]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const compare = (...options: string[]) => ringdownHere(here, "compare", "results/mine", ...options);
    const metric = ["--metric", "measured.radius"];

    const told = await compare(...metric);
    expect([told.status, told.stderr]).toEqual([0, ""]);
    expect(told.stdout).toMatch(/momentum = -0\.5 +n = 2 +[\d.]+ +baseline/);
    expect(told.stdout).toMatch(/momentum = 0\.5 +n = 2 .* exact +P\(larger\) 1\.00 +larger/);

    const options = [...metric, "--baseline", "steps = 30, momentum = 0.5", "--json"];
    const { rows, baseline } = lastLine((await compare(...options)).stdout);
    expect(baseline).toBe("steps = 30, momentum = 0.5");
    expect(rows[1].difference).toBeNull();
    expect(rows[0].difference.estimate).toBeCloseTo(rows[0].mean - rows[1].mean, 12);
    expect(rows[0].probabilityOfImprovement).toBe(0);
  });

  it.each([
    [["--metric", "measured.radios"], /--metric: no number "measured.radios".*did you mean "measured.radius"\?/],
    [["--metric", "measured.radius", "--baseline", "x"], /--baseline: there is no "x"; valid: steps = 30, momentum/],
    [
      ["--metric", "measured.radius", "--experiment", "frist"],
      /--experiment: there is no "frist"; did you mean "first"/,
    ],
    [[], /--metric/],
  ])("refuses %j", async (options, message) => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[30]"));
    expect(ringdown(here, "run", "mine.yaml", "--seeds", "1").status).toBe(0);
    const { status, stderr } = await ringdownHere(here, "compare", "results/mine", ...options);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
