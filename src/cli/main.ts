#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.js";

// A reader that has seen enough, as `ringdown list | head -1`, closes the pipe: that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

await runCommandLine(process.argv.slice(2));
