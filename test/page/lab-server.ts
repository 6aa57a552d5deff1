import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { staticServer } from "../../src/cli/static-server.js";

/**
 * Serves the built lab to a group of tests.
 *
 * @returns the URL of one of the lab's addresses
 */
export function labServer(): (hash: string) => string {
  let server: Server;
  beforeAll(async () => {
    server = staticServer("dist/lab");
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return (hash) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/#/${hash}`;
}
