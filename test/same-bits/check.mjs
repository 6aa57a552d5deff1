// Runs study.yaml on every engine that is there, with one worker and with two, on each of the Node binaries given, and
// compares what comes out byte for byte: the parameters' SHA-256, every table, every picture.
//
//     npm run check:same-bits -- --node ~/node-22/bin/node --node ~/node-24/bin/node
//
// This Node is always among them. (The npm packages node@22, node@24 bring a binary: `npm install --prefix /tmp/n22 node@22`.)
// Exit codes: 0 all the same, 1 a difference, or a run that failed, 2 the input is wrong.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findLibrary } from "../../dist/src/kernels/native-library.js";

const cli = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const study = fileURLToPath(new URL("study.yaml", import.meta.url));

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** What a variant of the study left: file or parameters → SHA-256. Runs go by task and seed, for ids know the engine. */
function leftIn(folder) {
  const left = new Map();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".png"))) {
    left.set(name, sha256(readFileSync(join(folder, name))));
  }
  for (const id of readdirSync(join(folder, "runs"))) {
    const run = join(folder, "runs", id);
    const { task, seed, parametersSha256 } = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
    left.set(`${task} ${seed} parameters`, parametersSha256);
    for (const name of readdirSync(run).filter((file) => file.endsWith(".parquet"))) {
      left.set(`${task} ${seed} ${name}`, sha256(readFileSync(join(run, name))));
    }
  }
  return left;
}

/** Runs the study in a process of its own; throws what that said where it failed. */
function run(node, engine, jobs, out) {
  const words = [cli, "run", study, "--engine", engine, "--jobs", String(jobs), "--out", out];
  const { status, stderr, error } = spawnSync(node, words, { encoding: "utf8" });
  if (status !== 0) throw new Error((stderr || String(error)).trim().split("\n").at(-1));
  return leftIn(join(out, "same-bits"));
}

function versionOf(node) {
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  console.error(`--node: expected the path of a Node binary, found "${node}"`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({ options: { node: { type: "string", multiple: true, default: [] } } }).values;
  } catch (error) {
    console.error(`${error.message}; expected --node <path of a Node binary>, any number of times`);
    process.exit(2);
  }
}

/** In words how a variant differs from the first one. */
function compare(left, reference) {
  const names = [...new Set([...reference.keys(), ...left.keys()])];
  const different = names.filter((name) => left.get(name) !== reference.get(name));
  return different.length === 0 ? "same" : `DIFFERENT: ${different.join(", ")}`;
}

const nodes = [process.execPath, ...readOptions().node].map((path) => ({ path, version: versionOf(path) }));
const engines = "path" in findLibrary() ? ["wasm", "native"] : ["wasm"];
const variants = nodes.flatMap(({ path, version }) =>
  engines.flatMap((engine) => [1, 2].map((jobs) => ({ path, version, engine, jobs }))),
);

const folder = mkdtempSync(join(tmpdir(), "ringdown-same-bits-"));
let reference;
let differences = 0;
console.log("node       engine   workers   all files");
try {
  for (const [k, { path, version, engine, jobs }] of variants.entries()) {
    let verdict;
    try {
      const left = run(path, engine, jobs, join(folder, String(k)));
      const digest = sha256([...left].sort().join("\n")).slice(0, 12);
      verdict = `${digest}   ${reference === undefined ? `${left.size} digests` : compare(left, reference)}`;
      if (reference !== undefined && !verdict.endsWith("same")) differences++;
      reference ??= left;
    } catch (error) {
      differences++;
      verdict = `FAILED: ${error.message}`;
    }
    console.log(`${version.padEnd(10)} ${engine.padEnd(8)} ${String(jobs).padEnd(9)} ${verdict}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (engines.length === 1) console.log("the native engine is not built: npm run build:native");
console.log(differences === 0 ? "the same bytes everywhere" : `${differences} of ${variants.length} differ or failed`);
process.exitCode = differences === 0 ? 0 : 1;
