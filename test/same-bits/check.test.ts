import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";

const newFolder = temporaryFolders();

/** On WebAssembly alone: the native engine is held against it in test/kernels. */
function check(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "check.mjs"), ...words], {
    encoding: "utf8",
    env: { ...process.env, RINGDOWN_NATIVE: newFolder() },
  });
  return { status, lines: stdout.trimEnd().split("\n"), stderr };
}

describe("a GAN's and an actor-critic's whole study", () => {
  it("leaves the same bytes from one worker as from two, and a Node that changes a byte is found", () => {
    const other = join(newFolder(), "node");
    const script = `#!/bin/sh
"${process.execPath}" "$@" || exit $?
for last; do :; done
for table in "$last"/same-bits/runs/*/metrics.parquet; do [ -e "$table" ] && printf x >> "$table"; done
exit 0`;
    writeFileSync(other, script, { mode: 0o755 });
    const { status, lines } = check("--node", other);
    const digest = lines[1].match(/wasm +1 +([0-9a-f]{12}) +\d+ digests$/)?.[1];
    expect(lines[2]).toMatch(new RegExp(`wasm +2 +${digest} +same$`));
    for (const line of lines.slice(3, 5)) {
      expect(line).toMatch(/DIFFERENT: /);
      const named = line.replace(/.*DIFFERENT: /, "").split(", ");
      expect(named.sort()).toEqual(["game 1", "game 2", "rl 1", "rl 2"].map((run) => `${run} metrics.parquet`));
    }
    expect([lines.at(-1), status]).toEqual(["2 of 4 differ or failed", 1]);
  });

  it("is not begun where the input is wrong", () => {
    expect(check("--node", "/nowhere/node")).toMatchObject({
      status: 2,
      stderr: '--node: expected the path of a Node binary, found "/nowhere/node"\n',
    });
    expect(check("--nodes", "x")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("expected --node <path"),
    });
  });
});
