import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The compiled command line: worker threads need JavaScript. `npm test` builds it; RINGDOWN_CLI names another. */
export const builtCli = resolve(process.env.RINGDOWN_CLI ?? resolve(import.meta.dirname, "../../dist/src/cli/main.js"));

/** URL of a compiled module of src/study. */
export const builtStudy = (name: string): string => pathToFileURL(resolve(builtCli, "../../study", name)).href;

/** URL of the registry of toy tasks. */
export const toyRegistry: string = pathToFileURL(resolve(import.meta.dirname, "fixtures/tasks.mjs")).href;
