import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether there is a Redis server to test with. Continuous integration installs one, and fails without. */
export const redisIsInstalled: boolean =
  spawnSync("redis-server", ["--version"]).status === 0 ||
  (process.env.CI === "true" && fail("there is no redis-server, which tests under CI=true need"));

if (!redisIsInstalled) console.warn("skipped: no redis-server; Debian's package redis-server has it");

function fail(message: string): never {
  throw new Error(message);
}

/** A server of its own on loopback, whose memory survives a restart. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "ringdown-redis-"));
  #process: ChildProcess | undefined;
  #port = 0;

  /** @param addresses it listens on these too, where machines of another network are let in */
  constructor(
    readonly settings: { readonly options?: readonly string[]; readonly addresses?: readonly string[] } = {},
  ) {}

  get url(): string {
    return this.urlAt("127.0.0.1");
  }

  urlAt(address: string): string {
    return `redis://${address}:${this.#port}`;
  }

  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const { options = [], addresses = [] } = this.settings;
    const place = ["--bind", "127.0.0.1", ...addresses, "--port", String(this.#port), "--dir", this.#folder];
    const kept = ["--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction"];
    const words = [...place, ...kept, "--protected-mode", "no", ...options];
    const child = spawn("redis-server", words, { stdio: ["ignore", "pipe", "ignore"] });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (data) => String(data).includes("Ready to accept") && resolve());
      child.on("exit", () => reject(new Error("redis-server ended")));
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
