import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";

/** One quantity of an environment that may be set and may drift. */
export interface ParameterSpec {
  readonly default: number;
  /** With its unit. */
  readonly description: string;
  /** Zero and negative values are errors: a mass, a length, a time. */
  readonly positive?: boolean;
}

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/**
 * An environment's parameters by name. Setting one tells the owner, which recomputes what it derives from them, so
 * that no derived quantity goes stale.
 */
export class Parameters<Name extends string = string> {
  readonly #specs: ParameterSpecs;
  readonly #values: Record<Name, number>;
  readonly #changed: (values: Readonly<Record<Name, number>>) => void;

  /**
   * @param changed called with all values after every change, and once at the start
   */
  constructor(specs: Readonly<Record<Name, ParameterSpec>>, changed: (values: Readonly<Record<Name, number>>) => void) {
    this.#specs = specs;
    const entries = Object.entries<ParameterSpec>(specs).map(([name, spec]) => [name, spec.default]);
    this.#values = Object.fromEntries(entries) as Record<Name, number>;
    this.#changed = changed;
    changed(this.#values);
  }

  get names(): Name[] {
    return Object.keys(this.#specs) as Name[];
  }

  /** @throws InputError for an unknown name */
  get(name: string): number {
    checkParameter(this.#specs, name, "parameters");
    return this.#values[name as Name];
  }

  /** @throws InputError for an unknown name or a value that the parameter cannot take; nothing is changed then */
  set(name: string, value: number): void {
    checkParameter(this.#specs, name, "parameters", value);
    this.#values[name as Name] = value;
    this.#changed(this.#values);
  }

  /** A copy of all values. */
  snapshot(): Record<Name, number> {
    return { ...this.#values };
  }
}

/**
 * @param source first in the message: where the name and the value came from
 * @throws InputError when there is no such parameter, or when it cannot take the value, where one is given
 */
export function checkParameter(specs: ParameterSpecs, name: string, source: string, value?: number): void {
  if (!Object.hasOwn(specs, name)) {
    throw new InputError(`${source}: unknown parameter "${name}"${suggest(name, Object.keys(specs))}`);
  }
  if (value === undefined) return;
  if (accepts(specs[name], value)) return;
  const expected = specs[name].positive ? "positive" : "finite";
  throw new InputError(`${source}: ${name}: expected a ${expected} number, found ${value}`);
}

/** Whether the parameter can take the value. */
export function accepts({ positive }: ParameterSpec, value: number): boolean {
  return Number.isFinite(value) && (!positive || value > 0);
}
