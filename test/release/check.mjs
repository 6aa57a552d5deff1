// Proves that what lies here can be released: `npm run release:check`. A few minutes: it builds everything twice.
//
// `--unreleased` lets the changelog begin with a section that has no version yet, as between releases.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentProblems, mostBytes, versionProblems } from "./rules.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const unreleased = process.argv.includes("--unreleased");
const wrong = process.argv.slice(2).filter((word) => word !== "--unreleased");
const read = (...path) => readFileSync(join(root, ...path), "utf8");
const { version, scripts } = JSON.parse(read("package.json"));
let failed = wrong.length > 0;
if (failed) console.error(`release:check: expected nothing or --unreleased, found ${wrong.join(" ")}`);

/** Says how a check went; what it finds wrong are lines, what it cannot tell is an error. */
function check(name, find) {
  const began = performance.now();
  const problems = attempt(find);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  for (const problem of problems) console.log(`         ${problem}`);
  failed ||= problems.length > 0;
}

function attempt(find) {
  try {
    return find();
  } catch (error) {
    return [error.message];
  }
}

function run(command, words, cwd) {
  // npm is a script of the shell's on Windows.
  const shell = process.platform === "win32";
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd, encoding: "utf8", shell });
  if (status === 0) return stdout;
  throw new Error(`${command} ${words.join(" ")}: ${error?.message ?? (stderr || stdout).trim().split("\n").at(-1)}`);
}

const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** What is committed, in a folder of its own, beside the packages that are installed here. */
function copyTo(folder) {
  for (const file of run("git", ["ls-files", "-z"], root).split("\0").filter(Boolean)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
}

/** Builds and packs a copy. */
function pack(folder) {
  copyTo(folder);
  run("npm", ["run", "build"], folder);
  const output = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts"], folder));
  const [packed] = Array.isArray(output) ? output : Object.values(output);
  return { files: packed.files.map(({ path }) => path), bytes: packed.size, tarball: join(folder, packed.filename) };
}

/** npm's own answer, where the registry gives one. */
function audit() {
  const { stdout } = spawnSync("npm", ["audit", "--json"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const { vulnerabilities, metadata } = JSON.parse(stdout);
  if (metadata === undefined) {
    console.log("         the registry answers no audit here");
    return [];
  }
  return Object.keys(vulnerabilities).map((name) => `${name}: npm audit has something against it`);
}

const temporary = mkdtempSync(join(tmpdir(), "ringdown-release-"));
const [one, other] = [join(temporary, "one"), join(temporary, "other", "deeper")];
let first;
try {
  check("all is committed", () => run("git", ["status", "--porcelain"], root).split("\n").filter(Boolean));
  check("the version is the changelog's newest", () => {
    const changelog = read("CHANGELOG.md");
    return versionProblems(unreleased ? changelog.replace("## Unreleased\n", "") : changelog, version);
  });
  check("the package is built and packed", () => {
    first = pack(one);
    return first.bytes <= mostBytes ? [] : [`${first.bytes} bytes, expected at most ${mostBytes}`];
  });
  check("it holds what test/release/contents.txt lists", () =>
    contentProblems(first.files, read("test", "release", "contents.txt")),
  );
  check("another build in another folder packs to the same bytes", () => {
    const second = pack(other);
    const [a, b] = [sha256(first.tarball), sha256(second.tarball)];
    return a === b ? [] : [`${a} and ${b}`];
  });
  check("the checked-in WebAssembly is what kernels.c compiles to", () => {
    const module = join(one, "src", "kernels", "module.ts");
    run("npm", ["run", "build:kernels"], one);
    return sha256(module) === sha256(join(root, "src", "kernels", "module.ts")) ? [] : ["module.ts has other bytes"];
  });
  for (const docs of Object.keys(scripts).filter((name) => /^(build:)?docs$/.test(name))) {
    check(`the documentation is built by npm run ${docs}`, () => {
      run("npm", ["run", docs], one);
      return [];
    });
  }
  check("npm audit finds nothing", audit);
  if (first !== undefined)
    console.log(`${first.files.length} files, ${first.bytes} bytes, sha256 ${sha256(first.tarball)}`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
