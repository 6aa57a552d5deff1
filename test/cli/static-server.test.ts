import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staticServer } from "../../src/cli/static-server.js";

const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe("a server of a folder", () => {
  const root = mkdtempSync(join(tmpdir(), "ringdown-server-"));
  let server: Server;

  beforeAll(async () => {
    mkdirSync(join(root, "page", "assets"), { recursive: true });
    writeFileSync(join(root, "secret.txt"), "secret");
    writeFileSync(join(root, "page", "index.html"), "<p>here</p>");
    writeFileSync(join(root, "page", "assets", "main.js"), "1;");
    server = staticServer(join(root, "page"));
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => {
    server.close();
    rmSync(root, { recursive: true });
  });

  /** A path as it stands: `fetch` would tidy it. */
  const get = async (path: string, method = "GET") => {
    const sent = request({ port: portOf(server), host: "127.0.0.1", path, method }).end();
    const [response] = await once(sent, "response");
    let text = "";
    for await (const part of response) text += part;
    return { status: response.statusCode, type: response.headers["content-type"], text };
  };

  it("gives its files with their types", async () => {
    expect(await get("/")).toEqual({ status: 200, type: "text/html; charset=utf-8", text: "<p>here</p>" });
    expect(await get("/assets/main.js?x")).toEqual({ status: 200, type: "text/javascript; charset=utf-8", text: "1;" });
  });

  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/nothing",
    "/assets",
  ])("gives nothing else: %s", async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, text: "" });
  });

  it("takes nothing", async () => {
    expect(await get("/", "POST")).toMatchObject({ status: 405, text: "" });
  });
});

describe("ringdown lab", () => {
  it("says in a line that a port is taken", async () => {
    const { ringdownHere } = await import("./run-cli.js");
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = portOf(other);
    const { status, stderr } = await ringdownHere(tmpdir(), "lab", "--port", String(port));
    other.close();
    expect([status, stderr]).toEqual([
      2,
      `ringdown: --port: ${port} is taken; choose another, or 0 for any that is free\n`,
    ]);
  });
});
