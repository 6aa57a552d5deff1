import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

// A newcomer's way, by the clock: README, install, first report, own study, own optimizer. Every step in an empty folder,
// by the words of the guides.

const root = resolve(import.meta.dirname, "../..");
const minutes = 10;
let folder = "";
const took: (readonly [step: string, seconds: number])[] = [];

function step(name: string, command: string, ...words: string[]): string {
  const started = performance.now();
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: "utf8", shell });
  if (status !== 0)
    throw new Error(`${name}: ${command} ${words.join(" ")}: exit code ${status}\n${stdout}\n${stderr}`);
  took.push([name, (performance.now() - started) / 1000]);
  return stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ringdown-newcomer-"));
  // Packing is the publisher's work.
  const packed = spawnSync("npm", ["pack", "--pack-destination", folder], { cwd: root, encoding: "utf8" });
  cpSync(join(folder, packed.stdout.trim().split("\n").at(-1) ?? ""), join(folder, "ringdown.tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "newcomer", private: true, type: "module" }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`leads from the README to an optimizer of one's own in ${minutes} minutes`, () => {
  const cache = ["--cache", join(folder, "cache"), "--no-audit", "--no-fund"];
  step("install", "npm", "install", "./ringdown.tgz", ...cache);
  const installed = join(folder, "node_modules/ringdown");
  expect(readFileSync(join(installed, "README.md"), "utf8")).toContain("npx ringdown run damping --quick");
  step("help", "npx", "ringdown", "help", "rmsprop");

  step("first report", "npx", "ringdown", "run", "damping", "--quick");
  expect(existsSync(join(folder, "results/damping/index.html"))).toBe(true);

  cpSync(join(installed, "src/examples"), folder, { recursive: true });
  step("own study", "npx", "ringdown", "run", "question.yaml");
  expect(existsSync(join(folder, "results/question/index.html"))).toBe(true);
  expect(step("own report", "node", "my-report.mjs", "results/question")).toContain("could have seen");

  const own = ["--optimizer", "custom", "--set", "optimizer.module=./my-optimizer.mjs", "--json"];
  const played = JSON.parse(step("own optimizer", "npx", "ringdown", "play", "bilinear", ...own));
  expect(played).toMatchObject({ optimizer: "custom", outcome: "completed" });

  const total = took.reduce((sum, [, seconds]) => sum + seconds, 0);
  console.log([...took, ["in all", total] as const].map(([name, s]) => `${name}: ${s.toFixed(0)} s`).join("\n"));
  expect(total).toBeLessThan(60 * minutes);
}, 900_000);
