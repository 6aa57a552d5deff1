import { spawnSync } from "node:child_process";

/** A network of its own, as that of another machine, at the end of a cable. */
export class FarNetwork {
  // Named for the process: tests may run side by side.
  readonly #name = `rd${process.pid}`;
  readonly #octets = `10.${64 + (process.pid & 63)}.${(process.pid >> 6) & 255}`;

  /** This machine's address at the near end of the cable. */
  readonly near = `${this.#octets}.1`;

  /** A command that starts another one there. */
  get by(): readonly string[] {
    return ["ip", "netns", "exec", this.#name];
  }

  lay(): void {
    ip("netns", "add", this.#name);
    ip("link", "add", `${this.#name}n`, "type", "veth", "peer", "name", `${this.#name}f`, "netns", this.#name);
    ip("address", "add", `${this.near}/30`, "dev", `${this.#name}n`);
    this.join();
    ip("-netns", this.#name, "address", "add", `${this.#octets}.2/30`, "dev", `${this.#name}f`);
    ip("-netns", this.#name, "link", "set", `${this.#name}f`, "up");
  }

  /** Pulls the cable: nobody is told that the other end is gone. */
  cut(): void {
    ip("link", "set", `${this.#name}n`, "down");
  }

  join(): void {
    ip("link", "set", `${this.#name}n`, "up");
  }

  remove(): void {
    ip("netns", "delete", this.#name);
  }
}

function ip(...words: readonly string[]): void {
  const { status, stderr } = spawnSync("ip", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${words.join(" ")}: ${stderr}`);
}
