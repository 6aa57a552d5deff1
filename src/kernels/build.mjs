// Builds kernels.c to WebAssembly with npm packages alone and writes module.ts: `npm run build:kernels`.
// The module is checked in, so that nobody needs the compiler to use it; a test compares the hash of the source.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Strict IEEE arithmetic: no fast-math, no contraction. bulk-memory turns copies into one instruction, not into libc.
 * Loop strength reduction is off: it gives each load an address of its own, where WebAssembly's loads take an offset.
 */
const compileFlags = [
  "--target=wasm32",
  "-std=c17",
  "-O3",
  "-ffreestanding",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-msimd128",
  "-mbulk-memory",
  "-mllvm",
  "-disable-lsr",
  "-Wall",
  "-Wextra",
  "-Werror",
];
/** The memory is the caller's, as large as it likes; the kernels use a small stack below `__heap_base` at most. */
const linkFlags = ["--no-entry", "--import-memory", "--export=__heap_base", "-z", "stack-size=16384", "--strip-all"];

/** Of the native builds, where LANES is added; the same strict arithmetic. Kernels of other flags are other kernels. */
export const nativeFlags = [
  "-std=gnu17",
  "-O3",
  "-march=native",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-shared",
  "-fPIC",
  "-fvisibility=hidden",
];

const source = readFileSync(new URL("kernels.c", import.meta.url), "utf8");

/** SHA-256 of what decides the kernels: the source and the flags of both builds. */
export const sourceSha256 = createHash("sha256")
  .update(JSON.stringify([source, compileFlags, linkFlags, nativeFlags]))
  .digest("hex");

async function build() {
  const { runLLVM } = await import("@yowasp/clang");
  // The compiler cannot start the linker, so there are two calls.
  const compiled = await runLLVM(["clang", ...compileFlags, "-c", "kernels.c", "-o", "kernels.o"], {
    "kernels.c": source,
  });
  const linked = await runLLVM(["wasm-ld", ...linkFlags, "kernels.o", "-o", "kernels.wasm"], {
    "kernels.o": compiled["kernels.o"],
  });
  const bytes = linked["kernels.wasm"];
  writeFileSync(
    new URL("module.ts", import.meta.url),
    `// Generated from kernels.c by \`npm run build:kernels\`; do not edit.

/** SHA-256 of kernels.c and of the flags that it is compiled with, to this module and to native libraries. */
export const sourceSha256 = "${sourceSha256}";

/** The WebAssembly module (${bytes.length} bytes), base64: it loads in Node, workers and browsers without a path. */
export const wasmBase64: string =
  "${Buffer.from(bytes).toString("base64")}";
`,
  );
  console.log(`module.ts: ${bytes.length} bytes from kernels.c ${sourceSha256.slice(0, 12)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((error) => {
    // The compiler's own diagnostics are on standard error already; its error object carries all files.
    console.error(error.message);
    process.exitCode = 1;
  });
}
