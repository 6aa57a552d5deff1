import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { complain } from "./output.js";
import { shorten } from "./paths.js";

/** The programs that open a file as a double click does. They are started without a shell. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer.exe" };

/**
 * Opens a page in the user's browser, without waiting for it; says so where nothing on this machine can.
 *
 * @param page a file's path, or an address that begins with http
 */
export async function openPage(page: string): Promise<void> {
  const opener = openers[process.platform] ?? "xdg-open";
  const isAddress = page.startsWith("http://");
  const child = spawn(opener, [isAddress ? page : resolve(page)], { detached: true, stdio: "ignore" });
  await new Promise<void>((done) => {
    child.once("spawn", done);
    child.once("error", ({ message }) => {
      complain(`--open: ${opener} cannot be started (${message}); open ${isAddress ? page : shorten(page)} by hand`);
      done();
    });
  });
  child.unref();
}
