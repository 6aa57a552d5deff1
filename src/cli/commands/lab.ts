import { once } from "node:events";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { packageRoot } from "../../config/package.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { openPage } from "../open-page.js";
import { integer } from "../options.js";
import { print, say } from "../output.js";
import { staticServer } from "../static-server.js";

interface LabOptions {
  readonly port: number;
  readonly open: boolean;
}

/** Where no one listens, as a rule. */
const usualPort = 7464;

export function labCommand(): Command {
  return createCommand("lab")
    .description("a page to play with games, a GAN and agents in the browser, on this machine's own address")
    .option("--port <n>", "where it listens; 0 takes any free port", integer("--port", 0, 65_535), usualPort)
    .option("--open", "open it in the browser", false)
    .action(withExitCode((options: LabOptions) => lab(options)));
}

async function lab({ port, open }: LabOptions): Promise<ExitCode> {
  const folder = join(packageRoot, "dist", "lab");
  if (!existsSync(join(folder, "index.html"))) {
    throw new InputError("lab: the page is not built; npm run build makes it");
  }
  const server = staticServer(folder);
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE"
      ? new InputError(`--port: ${port} is taken; choose another, or 0 for any that is free`)
      : error;
  }
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  print(address);
  say("the lab is there until Ctrl-C");
  if (open) await openPage(address);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
  await once(server, "close");
  return exitCodes.done;
}
