import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ownStudy } from "./own-study.js";
import { lastLine, ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown verify", () => {
  it("finds every byte as it was written, also in runs that it carries out again", () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[20]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const { status, stdout } = ringdown(here, "verify", "results/mine", "--rerun", "2", "--json");
    expect(status).toBe(0);
    const { rerun, ...rest } = lastLine(stdout);
    expect(rest).toEqual({ directory: "results/mine", whole: 4, missing: [], damaged: [] });
    expect(rerun).toEqual({ same: [expect.any(String), expect.any(String)], different: [] });
  });

  it("names what is damaged or missing, which ringdown run then does again", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[20]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const runs = join(here, "results/mine/runs");
    const [damaged, missing] = readdirSync(runs);
    const table = readFileSync(join(runs, damaged, "metrics.parquet"));
    table[200] ^= 1;
    writeFileSync(join(runs, damaged, "metrics.parquet"), table);
    rmSync(join(runs, missing), { recursive: true });
    const found = await ringdownHere(here, "verify", "results/mine");
    expect([found.status, found.stdout]).toEqual([1, "2 of 4 runs are whole\n"]);
    expect(found.stderr).toContain(`ringdown: run ${missing} is missing; run the study again\n`);
    expect(found.stderr).toMatch(
      new RegExp(
        `^ringdown: run ${damaged} is damaged: .*metrics.parquet: its SHA-256 is not the one in run.json$`,
        "m",
      ),
    );
    const again = ringdown(here, "run", "mine.yaml");
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("mine: 4 runs, 2 of them finished before");
    expect(again.stderr).toMatch(
      new RegExp(`run ${damaged} .* is damaged and done again: .*runs/.damaged/${damaged}$`, "m"),
    );
    expect((await ringdownHere(here, "verify", "results/mine")).status).toBe(0);
  });
});
