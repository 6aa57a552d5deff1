import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keepPoints, readPoints } from "../../gan/targets/points-file.browser.js";
import * as browserEngines from "../../src/kernels/create.browser.js";
import * as engines from "../../src/kernels/create.js";
import * as browserDigests from "../../src/study/digest.browser.js";
import * as digests from "../../src/study/digest.js";
import * as browserReading from "../../src/study/read.browser.js";
import * as reading from "../../src/study/read.js";

describe("what stands in for Node's modules in a browser", () => {
  const { browser } = JSON.parse(readFileSync("package.json", "utf8")) as { browser: Record<string, string> };

  it("is named in package.json, where bundlers look for it", () => {
    for (const [module, standIn] of Object.entries(browser)) {
      for (const path of [module, standIn]) {
        expect(existsSync(path.replace("./dist/", "").replace(/js$/, "ts")), path).toBe(true);
      }
    }
  });

  it("exports what it stands in for", () => {
    expect(Object.keys(browserDigests).sort()).toEqual(Object.keys(digests).sort());
    expect(Object.keys(browserEngines).sort()).toEqual(Object.keys(engines).sort());
    expect(Object.keys(browserReading).sort()).toEqual(Object.keys(reading).sort());
  });

  it("gives the same digests", () => {
    const vectors = [Float32Array.of(1, Number.NaN, -0), new Float64Array(100).fill(0.1).subarray(3, 70)];
    expect(browserDigests.digest(...vectors)).toBe(digests.digest(...vectors));
    for (const content of ["", "ρ = 0.9", Uint8Array.of(1, 2, 3)]) {
      expect(browserDigests.sha256(content)).toBe(digests.sha256(content));
    }
  });

  it("has the WebAssembly engine, and says so of others", () => {
    expect(browserEngines.createEngine("auto").name).toBe("wasm");
    expect(() => browserEngines.createEngine("native")).toThrow('engine: unknown name "native" in a browser');
  });

  it("keeps points that somebody draws", () => {
    keepPoints("drawn", "1,2\n");
    expect(new TextDecoder().decode(readPoints("drawn"))).toBe("1,2\n");
    expect(() => readPoints("other")).toThrow("game.file: other: no points are kept under this name");
  });
});
