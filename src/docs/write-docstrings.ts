import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { docstringsFile } from "../cli/reference/docstrings.js";
import { packageRoot } from "../config/package.js";
import { docstringsOf } from "./docstrings.js";

// A part of the build: what `ringdown help` says of parts stands in their sources, which do not all ship.

/** Where parts are defined that can be named. */
const folders = ["src/optim", "src/problems", "gan/games", "gan/targets", "agents", "envs"];

const found = folders.flatMap((folder) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(folder, file).replaceAll("\\", "/"))
    .flatMap((file) => docstringsOf(file, readFileSync(join(packageRoot, file), "utf8"))),
);
writeFileSync(docstringsFile, `${JSON.stringify(found, null, 1)}\n`);
