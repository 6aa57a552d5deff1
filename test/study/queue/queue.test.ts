import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot, packageVersion } from "../../../src/config/package.js";
import { host } from "../../../src/study/host.js";
import { momentumStudy, undisturbedResults, withStudy } from "../../cli/momentum-study.js";
import { processes } from "../../cli/processes.js";
import { ringdownHere } from "../../cli/run-cli.js";
import { canMount } from "../../faults/means.js";
import { builtCli } from "../built.js";
import { contents } from "../contents.js";
import { temporaryFolders } from "../temporary-folder.js";
import { RedisServer, redisIsInstalled } from "./redis-server.js";

const folder = temporaryFolders();
const start = processes();

const module = join(import.meta.dirname, "../../optim/fixtures/sign-descent.mjs");
const withModule = `
name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: custom, module: ${module} }, steps: 3 }
    seeds: [1]
`;

describe.runIf(redisIsInstalled)("a queue", { timeout: 300_000 }, () => {
  const server = new RedisServer();
  beforeAll(() => server.start());
  afterAll(() => server.remove());
  const worker = (here: string, ...words: string[]) =>
    start({ here }, "worker", "--queue", server.url, "--jobs", "1", ...words);
  const coordinator = (here: string, ...words: string[]) =>
    start({ here }, "run", "mine.yaml", "--queue", server.url, ...words);

  it("says which run failed and why", async () => {
    const config =
      "config: { game: { name: ring }, optimizer: { name: sgd }, steps: 3, network: { hidden: [30000, 30000] } }";
    const text = `name: mine\nexperiments: { first: { task: game, ${config}, seeds: [1] } }`;
    const here = withStudy(folder(), text);
    worker(here);
    const { exit, said } = coordinator(here);
    expect([await exit, said()]).toEqual([1, expect.stringMatching(/\(first, seed 1\) failed: .*memory/)]);
  });

  it("runs no module that a study names, unless the worker was told to", async () => {
    const fixture = join(import.meta.dirname, "../../optim/fixtures/sign-descent.mjs");
    const config = `config: { game: { name: bilinear }, optimizer: { name: custom, module: ${fixture} }, steps: 3 }`;
    const here = withStudy(folder(), `name: mine\nexperiments: { first: { task: game, ${config}, seeds: [1] } }`);
    const run = () => start({ here }, "run", "mine.yaml", "--queue", server.url, "--allow-modules");
    const wary = worker(here);
    const refused = run();
    const reason = expect.stringContaining("runs none without --allow-modules");
    expect([await refused.exit, refused.said()]).toEqual([1, reason]);
    wary.kill();
    start({ here }, "worker", "--queue", server.url, "--jobs", "1", "--allow-modules");
    expect(await run().exit).toBe(0);
  });

  it("takes no worker of another version of the program, and names it", async () => {
    const [here, other] = [withStudy(folder(), momentumStudy(20)), folder()];
    symlinkSync(resolve(builtCli, "../../.."), join(other, "dist"));
    symlinkSync(join(packageRoot, "node_modules"), join(other, "node_modules"));
    const description = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
    writeFileSync(join(other, "package.json"), JSON.stringify({ ...description, version: "0.0.1" }));
    const program = join(other, "dist/src/cli/main.js");
    // The version is sought upward from where the compiled files lie.
    const by = ["env", "NODE_OPTIONS=--preserve-symlinks --preserve-symlinks-main"];
    start({ here, by, program }, "worker", "--queue", server.url, "--jobs", "1");
    const { exit, said } = coordinator(here);
    expect(await exit).toBe(1);
    const reason = `the worker ${host} has ringdown 0.0.1, the study ringdown ${packageVersion}`;
    expect(said().match(/failed: .*/g)).toEqual(Array(12).fill(`failed: ${reason}`));
  });

  it("runs no module that a study names, unless the worker was told to", async () => {
    const here = withStudy(folder(), withModule);
    const wary = worker(here);
    const refused = coordinator(here, "--allow-modules");
    expect([await refused.exit, refused.said()]).toEqual([
      1,
      expect.stringContaining("runs none without --allow-modules"),
    ]);
    wary.kill();
    worker(here, "--allow-modules");
    expect(await coordinator(here, "--allow-modules").exit).toBe(0);
  });

  it.runIf(canMount)("takes no worker of another version of a module, and names it", async () => {
    const [here, other] = [withStudy(folder(), withModule.replace(module, "./theirs.mjs")), folder()];
    cpSync(module, join(here, "theirs.mjs"));
    writeFileSync(join(other, "theirs.mjs"), `// Changed.\n${readFileSync(module, "utf8")}`);
    const by = [
      "unshare",
      "--mount",
      "sh",
      "-c",
      'mount --bind "$0" theirs.mjs && exec "$@"',
      join(other, "theirs.mjs"),
    ];
    start({ here, by }, "worker", "--queue", server.url, "--jobs", "1", "--allow-modules");
    const { exit, said } = coordinator(here, "--allow-modules");
    expect([await exit, said()]).toEqual([
      1,
      expect.stringMatching(/failed: optimizer\.sha256: \.\/theirs\.mjs has changed: expected [0-9a-f]{64}, found/),
    ]);
  });

  it.runIf(canMount)("brings results by the server where a worker sees another file system", async () => {
    const study = momentumStudy(2000);
    const [here, undisturbed] = [withStudy(folder(), study), undisturbedResults(folder(), study)];
    // A mount namespace of its own hides the coordinator's folder from the worker.
    const hidden = join(here, "results");
    mkdirSync(hidden);
    const by = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', hidden];
    start({ here: "/", by }, "worker", "--queue", server.url, "--jobs", "1");
    expect(await coordinator(here).exit).toBe(0);
    expect(contents(hidden)).toEqual(undisturbed);
  });
});

describe("the URL of a queue", () => {
  it.each([
    ["http://x", '--queue: expected redis://host:port or rediss://host:port, found "http://x"'],
    ["redis://user:secret@127.0.0.1:1", "--queue: redis://user:***@127.0.0.1:1: no Redis answers there: connect ECONN"],
  ])("%s is refused", async (url, message) => {
    const here = withStudy(folder(), momentumStudy(20));
    for (const words of [["run", "mine.yaml"], ["worker"]]) {
      const { status, stderr } = await ringdownHere(here, ...words, "--queue", url);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(stderr).not.toContain("secret");
    }
  });

  it.runIf(redisIsInstalled)("of a server that drops what does not fit is refused", async () => {
    const server = new RedisServer({ options: ["--maxmemory-policy", "allkeys-lru"] });
    await server.start();
    const { status, stderr } = await ringdownHere(folder(), "worker", "--queue", server.url);
    expect([status, stderr]).toEqual([2, expect.stringContaining("maxmemory-policy noeviction, found allkeys-lru")]);
    await server.remove();
  });
});
