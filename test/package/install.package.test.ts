import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const consumer = join(import.meta.dirname, "consumer.ts");
let folder = "";
let tarball = "";
let files: string[] = [];

function run(command: string, ...words: string[]): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: "utf8", shell });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: exit code ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Packs the clone and installs the tarball in an empty folder, with an empty cache, beside a compiler. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ringdown-consumer-"));
  const npm = (...words: string[]) => run("npm", ...words, "--cache", join(folder, "cache"), "--no-audit", "--no-fund");
  const options = { cwd: root, encoding: "utf8", shell: process.platform === "win32" } as const;
  const packed = spawnSync("npm", ["pack", "--json", "--pack-destination", folder], options);
  const parsed = JSON.parse(packed.stdout);
  const [entry] = (Array.isArray(parsed) ? parsed : Object.values(parsed)) as {
    filename: string;
    files: { path: string }[];
  }[];
  tarball = join(folder, entry.filename);
  files = entry.files.map(({ path }) => path);
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const compiler = ["typescript", "@types/node"].map((name) => `${name}@${devDependencies[name]}`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  npm("install", tarball, ...compiler);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const results = () => join(folder, "results");

describe("the packed package", () => {
  it("holds the program, the guides and the changelog, and no leftovers of a build", () => {
    expect(files).toEqual(expect.arrayContaining(["README.md", "CHANGELOG.md", "LICENSE", "dist/src/cli/main.js"]));
    expect(files.filter((file) => /tsbuildinfo|\.test\.|^test\//.test(file))).toEqual([]);
  });

  it("has no dead link in any of its guides", () => {
    const shipped = (link: string) => files.some((file) => file === link || file.startsWith(`${link}/`));
    const dead = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) => {
        const links = [...readFileSync(join(root, file), "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
        return links.map(([, link]) => join(dirname(file), link)).filter((link) => !shipped(link));
      });
    expect(dead).toEqual([]);
  });

  it("passes publint and, as a package of ES modules, are-the-types-wrong", () => {
    const binary = (name: string) => join(root, "node_modules/.bin", name);
    // Below a warning, it would rather have the browser's stand-ins as a condition of package.json's imports, which name
    // compiled files alone: the sources could not be run as they are.
    expect(run(binary("publint"), tarball, "--strict", "--level", "warning")).toContain("All good");
    // CommonJS reaches it by require(esm); TypeScript before 16 knows no exports: that is what the profile leaves out.
    run(binary("attw"), tarball, "--profile", "esm-only", "--no-color", "--no-emoji");
  });
});

describe("a program that depends on it", () => {
  it("gets neither TensorFlow.js nor a compiler's work", () => {
    const installed = readdirSync(join(folder, "node_modules"));
    expect(installed).not.toContain("@tensorflow");
    expect(installed).not.toContain("canvas");
  });

  it("gets packages under free licences alone", () => {
    const { packages } = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
    const licences = Object.entries(packages as Record<string, { license?: string }>)
      .filter(([path]) => !/node_modules\/(typescript|@types\/node|undici-types)$/.test(path))
      .map(([path, { license }]) => `${path.replace(/^.*node_modules\//, "")}: ${license}`);
    expect(licences.length).toBeGreaterThan(15);
    const free = /: (MIT|ISC|0BSD)$|^dejavu-fonts-ttf: SEE LICENSE/;
    expect(licences.filter((licence) => !free.test(licence))).toEqual([]);
  });

  it.each(["nodenext", "bundler"])("compiles with strict TypeScript, module resolution %s", (moduleResolution) => {
    copyFileSync(consumer, join(folder, "consumer.ts"));
    const module = moduleResolution === "bundler" ? "esnext" : "nodenext";
    const target = ["--target", "es2022", "--types", "node", "--outDir", `out-${moduleResolution}`];
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false"];
    run("npx", "tsc", "consumer.ts", "--module", module, "--moduleResolution", moduleResolution, ...target, ...strict);
    expect(JSON.parse(run("node", `out-${moduleResolution}/consumer.js`))).toMatchObject({
      tasks: ["rl", "game"],
      samples: 10,
      period: 8,
      radius: "0.2828",
      mean: 2,
    });
  });

  it("is reached from CommonJS by require, where Node allows it", () => {
    const text = `const { createOptimizer } = require("ringdown/optim"); console.log(createOptimizer({ name: "adam" }).name);`;
    writeFileSync(join(folder, "consumer.cjs"), text);
    expect(run("node", "consumer.cjs").trim()).toBe("adam");
  });

  it("draws a study's report, to the same bytes as the clone", () => {
    const shorter = ["ring", "crossover", "slowCycle", "chatter"].flatMap((experiment) => {
      return ["--set", `experiments.${experiment}.config.steps=${experiment === "ring" ? 60 : 3000}`];
    });
    run("npx", "ringdown", "run", "damping", "--quick", ...shorter, "--out", results());
    const study = join(results(), "damping");
    const pictures = readdirSync(study).filter((file) => file.endsWith(".png"));
    expect(pictures.length).toBeGreaterThan(2);
    const again = join(folder, "again");
    cpSync(study, again, { recursive: true, filter: (file) => !file.endsWith(".png") });
    execFileSync(process.execPath, [join(root, "dist/src/cli/main.js"), "report", again]);
    for (const picture of pictures) {
      expect(Buffer.compare(readFileSync(join(study, picture)), readFileSync(join(again, picture)))).toBe(0);
    }
  });

  it("draws a run that it plays", () => {
    run("npx", "ringdown", "play", "ring", "--steps", "40", "--set", "batch=32", "--out", results());
    const runs = readdirSync(results()).filter((name) => existsSync(join(results(), name, "samples.png")));
    expect(runs.length).toBe(1);
  });

  it("is found healthy by the doctor", () => {
    const last = run("npx", "ringdown", "doctor", "--json").trim().split("\n").at(-1) ?? "";
    expect(JSON.parse(last).healthy).toBe(true);
  });
});
