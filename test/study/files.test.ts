import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ensureWritable, removeTemporaries, writeFoldersWhole, writeWhole } from "../../src/study/files.js";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();
const writeFolderWhole = (folder: string, files: Record<string, string>) => writeFoldersWhole([{ folder, files }]);

describe("writing", () => {
  it("leaves nothing behind when it fails", async () => {
    const here = folder();
    await expect(writeFolderWhole(join(here, "run"), { "a.json": "{}", "no/such/folder": "" })).rejects.toThrow(
      "ENOENT",
    );
    mkdirSync(join(here, "taken.json"));
    await expect(writeWhole(join(here, "taken.json"), "{}")).rejects.toThrow("taken.json");
    expect(readdirSync(here)).toEqual(["taken.json"]);
  });

  it("keeps a folder that another process finished first", async () => {
    const here = folder();
    await writeFolderWhole(join(here, "run"), { "a.json": "first" });
    await writeFolderWhole(join(here, "run"), { "a.json": "second" });
    expect(readFileSync(join(here, "run/a.json"), "utf8")).toBe("first");
    expect(readdirSync(here)).toEqual(["run"]);
  });

  it("writes several at once, or none of those that are not there yet", async () => {
    const here = folder();
    const files = { "a.json": "{}" };
    const names = ["one", "two", "three"];
    await writeFoldersWhole(names.map((name) => ({ folder: join(here, name), files })));
    expect(readdirSync(here).sort()).toEqual(names.toSorted());
    const wrong = { folder: join(here, "five"), files: { "no/such/folder": "" } };
    await expect(writeFoldersWhole([{ folder: join(here, "four"), files }, wrong])).rejects.toThrow("ENOENT");
    expect(readdirSync(here).sort()).toEqual(names.toSorted());
  });

  it("makes no folder anew that was removed with all that it held", async () => {
    await expect(writeFolderWhole(join(folder(), "gone/run"), {})).rejects.toThrow("ENOENT");
  });

  it("sweeps away what a dead process left, and nothing else", async () => {
    const here = folder();
    const name = (host: string, process: number) => `.run.writing-${host}-${process}-0a1b2c3d`;
    const host = hostname().replace(/[^A-Za-z0-9.-]/g, "_");
    const own = name(host, process.pid);
    const alive = name(host, process.ppid);
    const dead = name(host, 4194304999);
    const foreign = [name("other-host", 4194304999), name(`${host}-2`, 4194304999), name("2", process.pid)];
    const others = ["run", ".hidden", ".run.writing-4194304999-0a1b2c3d"];
    for (const name of [own, alive, dead, ...foreign, ...others]) mkdirSync(join(here, name));
    await removeTemporaries(here);
    expect(readdirSync(here).sort()).toEqual([alive, ...foreign, ...others].sort());
  });

  it("names what is half-written after its host and process", async () => {
    const here = folder();
    const written = writeFolderWhole(join(here, "run"), { "a.json": "x".repeat(2e7) });
    await vi.waitFor(() => expect(readdirSync(here)).toHaveLength(1), { interval: 1 });
    expect(readdirSync(here)[0]).toMatch(new RegExp(`^\\.run\\.writing-.+-${process.pid}-[0-9a-f]{8}$`));
    await written;
    expect(readdirSync(here)).toEqual(["run"]);
  });

  it("finds out before that a folder cannot be written", async () => {
    const here = folder();
    writeFileSync(join(here, "file"), "");
    await expect(ensureWritable(join(here, "file"))).rejects.toThrow(
      `${join(here, "file")}: cannot write there: a file is where the folder should be`,
    );
    await expect(ensureWritable(join(here, "file/below"))).rejects.toThrow("a file is where");
    await ensureWritable(join(here, "new/folder"));
    expect(readdirSync(join(here, "new/folder"))).toEqual([]);
  });
});
