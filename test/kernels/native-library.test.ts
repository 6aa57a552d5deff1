import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/config/input-error.js";
import { createEngine, resolveEngine } from "../../src/kernels/create.js";
import { sourceSha256 } from "../../src/kernels/module.js";
import { findLibrary, type LibraryRecord, libraryName, processor, sha256 } from "../../src/kernels/native-library.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { buildNative } from "./native-build.js";

const newFolder = temporaryFolders();
let folder: string;
beforeEach(() => {
  folder = newFolder();
  process.env.RINGDOWN_NATIVE = folder;
});

const bytes = "not really a library";
const here = processor();
const elsewhere = { model: "Another CPU", sha256: sha256("another") };

/** Puts a library, which nothing but loading finds to be none, and its record into the folder. */
function put(change: Partial<LibraryRecord> = {}, content = bytes): string {
  const record: LibraryRecord = {
    ...{ sourceSha256, cpu: here, lanes: 8, compiler: "test", flags: [], librarySha256: sha256(bytes) },
    ...change,
  };
  const path = join(folder, libraryName(record.sourceSha256, record.cpu));
  writeFileSync(`${path}.so`, content);
  writeFileSync(`${path}.json`, JSON.stringify(record));
  return path;
}

function expectRefusal(message: string): void {
  expect(() => resolveEngine("native")).toThrow(InputError);
  expect(() => createEngine("native")).toThrow(message);
  expect(() => createEngine("native")).toThrow("build it with `npm run build:native`");
  expect(resolveEngine("auto")).toBe("wasm");
}

describe("the processor", () => {
  it("has a model and the same identity whenever it is asked", () => {
    expect(here.model).not.toBe("unknown");
    expect(here.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(processor()).toEqual(here);
  });
});

describe("a native library", () => {
  it("is used when it is built from this source for this processor", () => {
    const path = put();
    expect(findLibrary()).toMatchObject({ path: `${path}.so` });
    expect([resolveEngine("native"), resolveEngine("auto")]).toEqual(["native", "native"]);
  });

  it("is found among those for other processors in the same folder", () => {
    put({ cpu: elsewhere });
    const path = put();
    expect(findLibrary()).toMatchObject({ path: `${path}.so` });
  });

  it("that is not built is told with the command that builds it", () => {
    expectRefusal("engine native: not built");
    rmSync(folder, { recursive: true });
    expectRefusal("engine native: not built");
  });

  it("is refused when it was built from other kernels", () => {
    put({ sourceSha256: sha256("another source") });
    expectRefusal("the library is stale: it was built from other kernels");
  });

  it("is refused when it was built for another processor", () => {
    put({ cpu: elsewhere });
    expectRefusal(`the library was built for another processor (Another CPU; this is ${here.model})`);
  });

  it("is refused under a name that is not its own", () => {
    const path = put();
    writeFileSync(
      `${path}.json`,
      JSON.stringify({
        ...{ sourceSha256, cpu: elsewhere, lanes: 8, compiler: "test", flags: [], librarySha256: sha256(bytes) },
      }),
    );
    expectRefusal("built for another processor");
  });

  it("is refused when its bytes are not those that were built, or are gone", () => {
    const path = put({}, `${bytes} any more`);
    expectRefusal(`${path}.so is not the library that was built`);
    rmSync(`${path}.so`);
    expectRefusal(`${path}.so is not the library that was built`);
  });

  it("is refused when its record is damaged", () => {
    const path = put();
    writeFileSync(`${path}.json`, "{");
    expectRefusal(`${path}.json is damaged`);
  });

  it("that does not load is the user's to rebuild, not a crash", () => {
    const path = put();
    expect(() => createEngine("native")).toThrow(InputError);
    expect(() => createEngine("native")).toThrow(
      new RegExp(`${path}.so does not load \\(.+\\); rebuild it with \`npm run build:native\`, or choose wasm`),
    );
  });
});

describe("the native build", () => {
  it.each([
    ["$CC is no compiler", { CC: "no-such-compiler" }, "$CC (no-such-compiler) is no C compiler"],
    ["there is none", { CC: "", PATH: "/nowhere" }, "there is no C compiler: none of cc, gcc, clang"],
  ])("says in one line what is missing when %s, and leaves nothing", (_, environment, message) => {
    const { status, stdout, stderr } = buildNative({ ...environment, RINGDOWN_NATIVE: folder });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(`build:native: ${message}; install gcc or clang, or go on with the engine wasm\n`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("keeps no library whose bits are not those of WebAssembly", () => {
    // A compiler that contracts whatever it is told.
    const compiler = join(newFolder(), "contracting");
    writeFileSync(compiler, '#!/bin/sh\nexec cc "$@" -ffp-contract=fast -Ofast\n');
    chmodSync(compiler, 0o755);
    const { status, stderr } = buildNative({ CC: compiler, RINGDOWN_NATIVE: folder });
    expect(status).toBe(1);
    expect(stderr).toMatch(/give other bits than WebAssembly|no C compiler/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
