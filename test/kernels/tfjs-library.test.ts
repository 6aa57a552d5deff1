import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { builtCli } from "../study/built.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const newFolder = temporaryFolders();
const packages = resolve(import.meta.dirname, "../../node_modules");
const dist = resolve(builtCli, "../../..");

/**
 * The built package in a folder of its own, as a user has it installed, with these packages and no other.
 *
 * @param fakes by name, the CommonJS text of a package that is not really there
 */
function installed(names: readonly string[], fakes: Readonly<Record<string, string>> = {}): string {
  const root = newFolder();
  cpSync(dist, join(root, "dist"), { recursive: true, filter: (path) => path !== join(dist, "native") });
  cpSync(resolve(packages, "../package.json"), join(root, "package.json"));
  const folderOf = (name: string) => {
    mkdirSync(dirname(join(root, "node_modules", name)), { recursive: true });
    return join(root, "node_modules", name);
  };
  for (const name of names) symlinkSync(join(packages, name), folderOf(name), "junction");
  for (const [name, text] of Object.entries(fakes)) {
    mkdirSync(folderOf(name));
    writeFileSync(join(folderOf(name), "index.js"), text);
  }
  return root;
}

const basic = ["zod", "fastest-levenshtein"];
const tfjs = "@tensorflow/tfjs";

/** What the installed package says when it is asked for engines that compute a layer, a line each: a name or an error. */
function engines(root: string, ...choices: string[]): string[] {
  const script = `
    import { createEngine } from "${join(root, "dist/src/kernels/create.js")}";
    for (const choice of ${JSON.stringify(choices)}) {
      try {
        const engine = createEngine(choice);
        const [x, w, b, y] = [2, 2, 1, 1].map((size) => engine.allocate(size).fill(3));
        engine.denseForward({ rows: 1, inputs: 2, outputs: 1, activation: "relu", slope: 0 }, x, w, b, y);
        console.log(engine.name, y[0]);
      } catch (error) { console.log(error.name + ": " + error.message); }
    }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    cwd: root,
  });
  return (stdout + stderr).trimEnd().split("\n");
}

/** tfjs-node as far as choosing it goes: TensorFlow.js with one more backend, here the CPU's under another name. */
const fakeNode = (changed = "") => `
  const tf = require(${JSON.stringify(join(packages, tfjs))});
  const { MathBackendCPU } = require(${JSON.stringify(join(packages, "@tensorflow/tfjs-backend-cpu"))});
  tf.registerBackend("tensorflow", () => new (class extends MathBackendCPU { ${changed} })());
  tf.copyRegisteredKernels("cpu", "tensorflow");
  module.exports = tf;`;

describe("the engine on TensorFlow.js", () => {
  it("tells what to install where the library is not, and costs the other engines nothing", () => {
    expect(engines(installed(basic), "tfjs", "wasm")).toEqual([
      "InputError: engine tfjs-cpu: @tensorflow/tfjs is not installed; to have it: npm install @tensorflow/tfjs@4.22.0",
      "wasm 21",
    ]);
  });

  it("is tfjs-cpu where tfjs-node is missing, and says nothing of its own", () => {
    expect(engines(installed([...basic, tfjs]), "tfjs", "tfjs-node")).toEqual([
      "tfjs-cpu 21",
      expect.stringContaining("engine tfjs-node: @tensorflow/tfjs-node is not installed; to have it: npm install"),
    ]);
  });

  it("is tfjs-node where that computes", () => {
    const root = installed([...basic, tfjs], { "@tensorflow/tfjs-node": fakeNode() });
    expect(engines(root, "tfjs", "tfjs-cpu", "auto")).toEqual(["tfjs-node 21", "tfjs-cpu 21", "wasm 21"]);
  });

  it.each([
    ["does not load", "throw new Error('The Node.js native addon module can not be found\\nat path: x');"],
    ["has no such backend", `module.exports = require(${JSON.stringify(join(packages, tfjs))});`],
    ["does not compute", fakeNode("write() { throw new TypeError('util_1.isNullOrUndefined is not a function'); }")],
  ])("passes over a tfjs-node that %s", (_, text) => {
    const root = installed([...basic, tfjs], { "@tensorflow/tfjs-node": text });
    expect(engines(root, "tfjs", "tfjs-node")).toEqual([
      "tfjs-cpu 21",
      expect.stringMatching(
        /^InputError: engine tfjs-node: @tensorflow\/tfjs-node does not work here \([^)]+\); it needs Node 22 or older, and/,
      ),
    ]);
  });
});
