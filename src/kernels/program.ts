import type { LayerKernels, Program } from "./engine.js";
import type { EngineMemory } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";
import { layerKernels } from "./layer-kernels.js";

/** The kernels that a program calls, each by its place in this list. */
const recorded = ["dense_forward", "activation_backward", "dense_backward_weights", "dense_backward_input"] as const;

/** Numbers of a call: the kernel's and its arguments, as many as the longest has. */
const callSize = 11;

/**
 * Writes calls into the engine's memory, where kernels.c reads them.
 *
 * The addresses in them stay valid: no vector moves, and scratch that was handed out remains scratch, however much it
 * grows later.
 *
 * @param calls is run once, here, on kernels that only write down what they are called with
 */
export function recordProgram(kernels: Kernels, memory: EngineMemory, calls: (layers: LayerKernels) => void): Program {
  const numbers: number[] = [];
  const recording = Object.fromEntries(
    recorded.map((name, code) => [
      name,
      (...values: number[]) => {
        const rest = Array<number>(callSize - 1 - values.length).fill(0);
        numbers.push(code, ...values, ...rest);
      },
    ]),
  ) as Pick<Kernels, (typeof recorded)[number]>;
  calls(layerKernels(recording, memory));
  const { buffer, byteOffset } = memory.allocate(2 * numbers.length);
  const written = new Float64Array(buffer, byteOffset, numbers.length);
  written.set(numbers);
  const count = numbers.length / callSize;
  const address = memory.place(written);
  return () => kernels.run_program(count, address);
}
