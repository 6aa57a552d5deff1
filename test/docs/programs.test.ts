import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ringdown } from "../cli/run-cli.js";
import { blocks, root } from "./blocks.js";
import { preludes, runElsewhere } from "./preludes.js";

// Every TypeScript block of every guide is type-checked against the built package and run.

describe("the programs of guides", () => {
  const programs = blocks()
    .filter(({ language }) => language === "ts")
    .map((block, index) => ({ ...block, file: `block-${index}.ts` }));
  // Inside the package, whose own name its exports answer to.
  const place = join(root, "dist/guides");
  const here = mkdtempSync(join(tmpdir(), "ringdown-programs-"));
  let problems: Map<string, string[]>;

  beforeAll(() => {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    for (const { file, code } of programs) {
      const { before = "", after = "" } = preludes.find(({ block }) => code.includes(block)) ?? {};
      // A summary's fields are of any shape to the compiler.
      const loose = code.replaceAll("summary.measured.", "Object(summary).measured.");
      writeFileSync(join(place, file), `${before}\n${loose}\n${after}\nexport {};\n`);
    }
    writeFileSync(join(place, "tasks.js"), 'export { tasks } from "../src/cli/tasks.js";\n');
    const config = "config: { game: { name: bilinear }, optimizer: { name: sgd }, steps: 20 }";
    writeFileSync(join(here, "mine.yaml"), `name: mine\nexperiments: { first: { task: game, ${config}, seeds: [1] } }`);
    problems = compile(
      programs.map(({ file }) => join(place, file)),
      place,
    );
    // What the guide to agents loads.
    const training = ["train", "--env", "CartPole-v1", "--agent", "ppo", "--steps", "600", "--checkpoint", "cartpole"];
    expect(ringdown(here, ...training).status).toBe(0);
  }, 300_000);
  afterAll(() => {
    for (const folder of [place, here]) rmSync(folder, { recursive: true, force: true });
  });

  it.each(
    programs.map(({ guide, code, file }) => [guide, code.split("\n").find((line) => line !== ""), file, code] as const),
  )("%s: %s", (_, __, file, code) => {
    expect(problems.get(file) ?? []).toEqual([]);
    if (runElsewhere.some((start) => code.includes(start))) return;
    const program = pathToFileURL(join(place, file.replace(".ts", ".js"))).href;
    execFileSync(process.execPath, ["-e", `import(${JSON.stringify(program)})`], { cwd: here, stdio: "pipe" });
  });

  it("would show a mistake of types", () => {
    const wrong = join(place, "wrong.ts");
    writeFileSync(wrong, `import { createOptimizer } from "ringdown/optim";\ncreateOptimizer({ name: "rmsprob" });\n`);
    expect(compile([wrong], place).get("wrong.ts")?.[0]).toContain("rmsprob");
  });

  /** Compiles programs beside their sources; the messages about each. */
  function compile(files: readonly string[], outDir: string): Map<string, string[]> {
    const program = ts.createProgram(files, {
      ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, strict: false },
      ...{ skipLibCheck: true, types: ["node"], outDir, rootDir: outDir, declaration: false },
    });
    const { diagnostics } = program.emit();
    const found = new Map<string, string[]>();
    for (const { file, messageText } of [...ts.getPreEmitDiagnostics(program), ...diagnostics]) {
      const name = file?.fileName.split("/").at(-1) ?? "";
      const text = ts.flattenDiagnosticMessageText(messageText, " ");
      found.set(name, [...(found.get(name) ?? []), text]);
    }
    return found;
  }
});
