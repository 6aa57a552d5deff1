import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { host } from "../../../src/study/host.js";
import { enterStudy } from "../../../src/study/sharing/enter.js";
import { temporaryFolders } from "../temporary-folder.js";

const folder = temporaryFolders();

const work = { version: "1.0.0", engine: "wasm", study: "abc" };

describe("a study's folder", () => {
  it("is one process's alone, and who comes second is told whose it is", async () => {
    const here = folder();
    const first = await enterStudy(here, work);
    await expect(enterStudy(here, work)).rejects.toThrow(
      `${here}: host ${host}, process ${process.pid} is running this study; --join shares the work`,
    );
    await first.leave();
    await (await enterStudy(here, work)).leave();
    expect(readdirSync(here)).toEqual([]);
  });

  it("is shared by those who join, whoever was first", async () => {
    const here = folder();
    const entries = [await enterStudy(here, work, { join: true }), await enterStudy(here, work, { join: true })];
    expect(await Promise.all(entries.map(({ claims }) => claims?.claim("0123456789abcdef")))).toEqual([true, false]);
    await expect(enterStudy(here, work)).rejects.toThrow("--join shares the work");
    for (const { leave } of entries) await leave();
  });

  it.each([
    ["version", "expected ringdown 2, found 1.0.0"],
    ["engine", "expected the engine 2, found wasm"],
    ["study", "is running the study with other options or from another file"],
  ])("is not shared with another %s", async (key, message) => {
    const here = folder();
    const first = await enterStudy(here, work);
    await expect(enterStudy(here, { ...work, [key]: "2" }, { join: true })).rejects.toThrow(message);
    await first.leave();
  });

  it("lets nobody in by a file that is something else", async () => {
    const here = folder();
    const first = await enterStudy(here, work);
    writeFileSync(join(here, ".running/member-x"), "nonsense");
    await expect(enterStudy(here, work, { join: true })).rejects.toThrow("member-x: missing; expected an object");
    await first.leave();
  });
});
