import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { packageVersion } from "../../config/package.js";
import { coloured } from "../colours.js";
import { createCommand, withExitCode } from "../command.js";
import { chartsDraw, engineComputes, fontPath, parentOfResults } from "../diagnoses.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { aligned, print } from "../output.js";

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do; only where something is missing. */
  readonly advice?: string;
}

export function doctorCommand(): Command {
  return createCommand("doctor")
    .description("what is installed, what is missing, and what to do about it")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .action(withExitCode((options: { readonly json: boolean }) => doctor(options)));
}

async function doctor({ json }: { readonly json: boolean }): Promise<ExitCode> {
  const findings = await examine();
  const healthy = findings.every(({ ok }) => ok);
  if (json) print(JSON.stringify({ healthy, findings }));
  else {
    const rows = findings.map(({ name, ok, found, advice }) => {
      const state = ok ? coloured("good", "ok     ") : coloured("bad", "MISSING");
      return [`${state} ${name}`, advice === undefined ? found : `${found}: ${advice}`] as const;
    });
    for (const line of aligned(rows)) print(line);
  }
  return healthy ? exitCodes.done : exitCodes.failed;
}

async function examine(): Promise<Finding[]> {
  return [
    { name: "ringdown", ok: true, found: packageVersion },
    nodeVersion(),
    { name: "cores", ok: true, found: String(availableParallelism()) },
    ...(await engines()),
    await queueFinding(),
    await attempt("font", "reinstall the packages: npm ci", async () => fontPath()),
    await attempt("charts", "reinstall the packages: npm ci; without them no report is drawn", chartsDraw),
    await attempt("results", "choose another folder with --out", parentOfResults),
  ];
}

function nodeVersion(): Finding {
  const wanted = [20, 19];
  const [major, minor] = process.versions.node.split(".").map(Number);
  const ok = major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
  const finding = { name: "node", ok, found: process.versions.node };
  return ok ? finding : { ...finding, advice: `install Node ${wanted.join(".")} or newer` };
}

async function engines(): Promise<Finding[]> {
  const { resolveEngine } = await import("../../kernels/create.js");
  return [
    await attempt("engine wasm", "reinstall the packages: npm ci", () => engineComputes("wasm")),
    await nativeEngine(),
    await tfjsEngine(),
    { name: "engine auto", ok: true, found: resolveEngine("auto") },
  ];
}

/** The native engine is an extra: what is missing is no fault, but a library that does not compute is one. */
async function nativeEngine(): Promise<Finding> {
  const { buildCommand, findLibrary } = await import("../../kernels/native-library.js");
  const name = "engine native";
  const found = findLibrary();
  if ("problem" in found)
    return { name, ok: true, found: `${found.problem}; to have it: ${buildCommand}, which needs a C compiler` };
  const { lanes, compiler } = found.record;
  const how = `${lanes} floats in a vector, by ${compiler}`;
  return attempt(name, `rebuild it: ${buildCommand}`, async () => `${await engineComputes("native")} (${how})`);
}

/** TensorFlow.js is an extra too. */
async function tfjsEngine(): Promise<Finding> {
  const { findTfjs, preferredTfjs } = await import("../../kernels/tfjs-library.js");
  const name = "engine tfjs";
  const preferred = preferredTfjs();
  const found = findTfjs(preferred);
  if ("problem" in found) return { name, ok: true, found: `${found.problem}; ${found.advice}` };
  const faster = findTfjs("tfjs-node");
  const hint = "problem" in faster ? `; faster would be tfjs-node: ${faster.problem}; ${faster.advice}` : "";
  return attempt(name, "choose another engine", async () => `${preferred} ${await engineComputes(preferred)}${hint}`);
}

/** The queue is an extra. */
async function queueFinding(): Promise<Finding> {
  const { loadQueuePackages, queuePackages } = await import("../../study/queue/redis.js");
  const name = "queue";
  try {
    await loadQueuePackages();
    return {
      name,
      ok: true,
      found: `${queuePackages.replaceAll("@", " ")} are installed; ringdown worker --queue redis://...`,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, ok: true, found: `not installed, an extra for many machines: npm install ${queuePackages}` };
  }
}

async function attempt(name: string, advice: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, found: await look() };
  } catch (error) {
    return { name, ok: false, found: error instanceof Error ? error.message.split("\n")[0] : String(error), advice };
  }
}
