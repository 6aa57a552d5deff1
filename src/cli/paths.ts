import { relative } from "node:path";

/** A path as the user would write it from the working directory. */
export function shorten(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}
