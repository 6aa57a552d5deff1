import { InputError } from "../config/input-error.js";
import type { Optimizer } from "./optimizer.js";
import { restoreState, saveState } from "./save.js";
import type { State } from "./transform.js";

// Only what the adapter uses, so that TensorFlow.js is needed by those alone who hand it in.
interface Tensor {
  readonly shape: number[];
  dataSync(): ArrayLike<number>;
  dispose(): void;
}
interface Variable extends Tensor {
  assign(value: Tensor): void;
}
interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}
type Gradients = readonly NamedTensor[] | Readonly<Record<string, Tensor>>;
interface TfOptimizer {
  incrementIterations(): void;
  saveIterations(): Promise<NamedTensor>;
  extractIterations(weights: NamedTensor[]): Promise<NamedTensor[]>;
}

/** The module `@tensorflow/tfjs` (or `-core`), as far as the adapter needs it. */
export interface TfModule {
  readonly Optimizer: abstract new () => object;
  /** Makes a tensor. */
  // biome-ignore lint/suspicious/noExplicitAny: the module's own tensors
  readonly tensor: (values: any, shape?: any, type?: any) => any;
  /** Where the module's variables are registered. */
  // biome-ignore lint/suspicious/noExplicitAny: the module's own engine
  readonly engine: () => { readonly registeredVariables: Record<string, any> };
}

/**
 * Any optimizer as a `tf.Optimizer`, for `model.compile`, `minimize` and `applyGradients`.
 *
 *     import * as tf from "@tensorflow/tfjs";
 *     model.compile({ optimizer: tfOptimizer(tf, createOptimizer({ name: "lion", lr: 0.001 })), loss: "meanSquaredError" });
 *
 * The variables of the first step, in their order, make up one flat float32 vector with one state, so clipping by global
 * norm means all of them; later steps must name the same ones. A variable that the loss does not reach has gradient 0.
 * The adapter reads gradients and parameters back from the backend and writes parameters: a cost of two copies a step.
 *
 * Weights: `getWeights` holds the iterations and the state's bytes (`saveState`); `setWeights` takes them, also before
 * the first step.
 *
 * @param tf the module, which is no dependency of this package
 * @throws InputError where variables change between steps, or set weights do not fit; NonFiniteGradientError
 */
export function tfOptimizer<Tf extends TfModule>(tf: Tf, optimizer: Optimizer): InstanceType<Tf["Optimizer"]> {
  const Base = tf.Optimizer as unknown as new () => TfOptimizer;
  let names: readonly string[] = [];
  let sizes: readonly number[] = [];
  let parameters = new Float32Array(0);
  let gradients = new Float32Array(0);
  let state: State | undefined;
  let pending: Uint8Array | undefined;

  const begin = (variables: readonly Variable[]): State => {
    sizes = variables.map(({ shape }) => shape.reduce((product, n) => product * n, 1));
    const size = sizes.reduce((sum, n) => sum + n, 0);
    parameters = new Float32Array(size);
    gradients = new Float32Array(size);
    const initial = optimizer.init(parameters);
    if (pending !== undefined) restoreState(pending, initial);
    pending = undefined;
    return initial;
  };

  class Adapter extends Base {
    static get className() {
      return "Ringdown";
    }

    getClassName() {
      return Adapter.className;
    }

    applyGradients(given: Gradients): void {
      const named = new Map(
        isList(given) ? given.map(({ name, tensor }): [string, Tensor] => [name, tensor]) : Object.entries(given),
      );
      const found = [...named.keys()];
      if (state !== undefined && (found.length !== names.length || found.some((name, k) => name !== names[k]))) {
        throw new InputError(`tfOptimizer: expected the variables ${names.join(", ")}, found ${found.join(", ")}`);
      }
      const variables = found.map((name) => tf.engine().registeredVariables[name] as Variable);
      names = found;
      state ??= begin(variables);
      let offset = 0;
      variables.forEach((variable, k) => {
        parameters.set(variable.dataSync(), offset);
        const gradient = named.get(names[k]);
        if (gradient === undefined || gradient === null) gradients.fill(0, offset, offset + sizes[k]);
        else gradients.set(gradient.dataSync(), offset);
        offset += sizes[k];
      });
      optimizer.step(parameters, gradients, state);
      offset = 0;
      variables.forEach((variable, k) => {
        const value = tf.tensor(parameters.slice(offset, offset + sizes[k]), variable.shape, "float32") as Tensor;
        variable.assign(value);
        value.dispose();
        offset += sizes[k];
      });
      this.incrementIterations();
    }

    async getWeights(): Promise<NamedTensor[]> {
      const iterations = await this.saveIterations();
      const bytes = state === undefined ? pending : saveState(state);
      if (bytes === undefined) return [iterations];
      return [iterations, { name: "state", tensor: tf.tensor(Int32Array.from(bytes), [bytes.length], "int32") }];
    }

    async setWeights(weights: NamedTensor[]): Promise<void> {
      const [saved] = await this.extractIterations(weights);
      pending = saved === undefined ? undefined : Uint8Array.from(saved.tensor.dataSync());
      if (state === undefined) return;
      if (pending === undefined) optimizer.reset(state);
      else restoreState(pending, state);
      pending = undefined;
    }

    getConfig() {
      return { optimizer: optimizer.name };
    }
  }
  return new Adapter() as unknown as InstanceType<Tf["Optimizer"]>;
}

function isList(gradients: Gradients): gradients is readonly NamedTensor[] {
  return Array.isArray(gradients);
}
