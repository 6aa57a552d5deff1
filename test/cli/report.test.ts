import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown report", () => {
  it("says so where single runs of a task have no pictures", async () => {
    const here = folder();
    const options = ["train", "--env", "CartPole-v1", "--steps", "2000", "--out", "kept"];
    expect((await ringdownHere(here, ...options)).status).toBe(0);
    const [id] = readdirSync(join(here, "kept"));
    const folderOfRuns = await ringdownHere(here, "report", "kept");
    expect(folderOfRuns).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`: ringdown report kept/${id}\n`),
    });
    const { status, stderr } = await ringdownHere(here, "report", `kept/${id}`);
    expect([status, stderr]).toEqual([2, expect.stringContaining("a single run of the task rl has no pictures")]);
  });
});
