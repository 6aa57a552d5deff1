import { resolveEngine } from "../kernels/create.js";
import { aligned } from "./output.js";

/** What a report of a mistake has to name beside the version: the engine that `auto` means here, Node, the platform. */
export function versionDetails(): string[] {
  return aligned([
    ["engine", engine()],
    ["node", process.versions.node],
    ["platform", `${process.platform} ${process.arch}`],
  ]);
}

function engine(): string {
  try {
    return resolveEngine("auto");
  } catch (error) {
    return `none: ${(error as Error).message}`;
  }
}
