import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ringdown, ringdownHere } from "../../cli/run-cli.js";
import { builtCli } from "../built.js";
import { contents } from "../contents.js";
import { temporaryFolders } from "../temporary-folder.js";
import { RedisServer, redisIsInstalled } from "./redis-server.js";

const folder = temporaryFolders();

const study = (steps: number) => `
name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: ${steps} }
    grid: { optimizer.momentum: [-0.5, 0, 0.5] }
    seeds: [1, 2, 3]
`;

describe.runIf(redisIsInstalled)("a queue", { timeout: 240_000 }, () => {
  const server = new RedisServer();
  beforeAll(() => server.start());
  afterAll(() => server.remove());
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  function start(
    here: string,
    ...words: string[]
  ): { child: ChildProcess; said: () => string; exit: Promise<unknown> } {
    const child = spawn(process.execPath, [builtCli, ...words], { cwd: here, stdio: ["ignore", "ignore", "pipe"] });
    started.push(child);
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
    });
    return { child, said: () => text, exit: new Promise((resolve) => child.on("close", resolve)) };
  }
  const worker = (here: string) => start(here, "worker", "--queue", server.url, "--jobs", "1");

  function prepared(steps: number) {
    const [here, alone] = [folder(), folder()];
    for (const at of [here, alone]) writeFileSync(join(at, "mine.yaml"), study(steps));
    expect(ringdown(alone, "run", "mine.yaml").status).toBe(0);
    return { here, undisturbed: contents(join(alone, "results")) };
  }

  it("gives the bytes of one process, also when a worker is killed and the server restarts in the middle", async () => {
    const { here, undisturbed } = prepared(100_000);
    const workers = [worker(here), worker(here)];
    const { exit, said } = start(here, "run", "mine.yaml", "--queue", server.url);
    await vi.waitFor(() => expect(said()).toMatch(/[1-9]\/9 runs/), { timeout: 120_000 });
    workers[0].child.kill("SIGKILL");
    await server.kill();
    await server.start();
    expect([await exit, said()]).toEqual([0, expect.stringContaining("9/9 runs")]);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  });

  it("says which run failed and why, and takes no version for another", async () => {
    const here = folder();
    const config =
      "config: { game: { name: ring }, optimizer: { name: sgd }, steps: 3, network: { hidden: [30000, 30000] } }";
    writeFileSync(join(here, "huge.yaml"), `name: huge\nexperiments: { first: { task: game, ${config}, seeds: [1] } }`);
    worker(here);
    const { exit, said } = start(here, "run", "huge.yaml", "--queue", server.url);
    expect([await exit, said()]).toEqual([1, expect.stringMatching(/\(first, seed 1\) failed: .*memory/)]);
  });

  it("runs no module that a study names, unless the worker was told to", async () => {
    const here = folder();
    const fixture = join(import.meta.dirname, "../../optim/fixtures/sign-descent.mjs");
    const config = `config: { game: { name: bilinear }, optimizer: { name: custom, module: ${fixture} }, steps: 3 }`;
    writeFileSync(
      join(here, "named.yaml"),
      `name: named\nexperiments: { first: { task: game, ${config}, seeds: [1] } }`,
    );
    const run = () => start(here, "run", "named.yaml", "--queue", server.url, "--allow-modules");
    const wary = worker(here);
    const refused = run();
    expect([await refused.exit, refused.said()]).toEqual([
      1,
      expect.stringContaining("runs none without --allow-modules"),
    ]);
    wary.child.kill("SIGKILL");
    start(here, "worker", "--queue", server.url, "--jobs", "1", "--allow-modules");
    expect(await run().exit).toBe(0);
  });

  it("brings results by the server where a worker sees another file system", async () => {
    const { here, undisturbed } = prepared(2000);
    // A mount namespace of its own hides the coordinator's folder from the worker.
    const hidden = join(here, "results");
    mkdirSync(hidden, { recursive: true });
    const words = [builtCli, "worker", "--queue", server.url, "--jobs", "1"];
    const script = 'mount -t tmpfs none "$0" && exec "$@"';
    const child = spawn("unshare", ["--mount", "sh", "-c", script, hidden, process.execPath, ...words], { cwd: "/" });
    started.push(child);
    const { exit } = start(here, "run", "mine.yaml", "--queue", server.url);
    expect(await exit).toBe(0);
    expect(contents(hidden)).toEqual(undisturbed);
  });
});

describe("the URL of a queue", () => {
  it.each([
    ["http://x", '--queue: expected redis://host:port or rediss://host:port, found "http://x"'],
    ["redis://user:secret@127.0.0.1:1", "--queue: redis://user:***@127.0.0.1:1: no Redis answers there: connect ECONN"],
  ])("%s is refused", async (url, message) => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study(20));
    for (const words of [["run", "mine.yaml"], ["worker"]]) {
      const { status, stderr } = await ringdownHere(here, ...words, "--queue", url);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(stderr).not.toContain("secret");
    }
  });

  it.runIf(redisIsInstalled)("of a server that drops what does not fit is refused", async () => {
    const server = new RedisServer(["--maxmemory-policy", "allkeys-lru"]);
    await server.start();
    const { status, stderr } = await ringdownHere(folder(), "worker", "--queue", server.url);
    expect([status, stderr]).toEqual([2, expect.stringContaining("maxmemory-policy noeviction, found allkeys-lru")]);
    await server.remove();
  });
});
