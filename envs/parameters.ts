import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";

/** One quantity of an environment that may be set and may drift. */
export interface ParameterSpec {
  readonly default: number;
  /** With its unit. */
  readonly description: string;
  /** Zero and negative values are errors: a mass, a length, a time. */
  readonly positive?: boolean;
  /** Least value; none when left out. */
  readonly low?: number;
  /** Greatest value; none when left out. */
  readonly high?: number;
  /** Only whole numbers: an index. */
  readonly integer?: boolean;
}

/** Parameters by name. */
export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;
type Values = Readonly<Record<string, number>>;

/** Parameters that one owner derives something from. */
interface Part {
  readonly specs: ParameterSpecs;
  readonly values: Record<string, number>;
  readonly changed: (values: Values) => void;
}

/**
 * An environment's parameters by name. Setting one notifies the owner, which recomputes what it derives from them, so
 * that no derived quantity goes stale.
 */
export class Parameters<Name extends string = string> {
  #parts: readonly Part[];

  /**
   * @param changed called with all values after every change, and once at the start; where it throws, the change is
   * taken back
   */
  constructor(specs: Readonly<Record<Name, ParameterSpec>>, changed: (values: Readonly<Record<Name, number>>) => void) {
    const entries = Object.entries<ParameterSpec>(specs).map(([name, spec]) => [name, spec.default]);
    const values = Object.fromEntries(entries) as Record<Name, number>;
    this.#parts = [{ specs, values, changed: changed as Part["changed"] }];
    changed(values);
  }

  /** Several owners' parameters under one roof, where each keeps its own. Names must differ. */
  static join(...several: readonly Parameters[]): Parameters {
    const joined = new Parameters({}, () => {});
    joined.#parts = several.flatMap((parameters) => parameters.#parts);
    return joined;
  }

  get specs(): ParameterSpecs {
    return Object.assign({}, ...this.#parts.map(({ specs }) => specs));
  }
  get names(): Name[] {
    return this.#parts.flatMap(({ specs }) => Object.keys(specs)) as Name[];
  }

  /** @throws InputError for an unknown name */
  get(name: string): number {
    return this.#partOf(name).values[name];
  }

  /** @throws InputError for an unknown name or a value that the parameter cannot take; nothing is changed then */
  set(name: string, value: number): void {
    // Apart from setAll, so that a drift of one parameter allocates nothing.
    const part = this.#partOf(name);
    checkParameter(part.specs, name, "parameters", value);
    const before = part.values[name];
    part.values[name] = value;
    try {
      part.changed(part.values);
    } catch (error) {
      part.values[name] = before;
      part.changed(part.values);
      throw error;
    }
  }

  /**
   * Sets several at once, for values that make sense only together.
   *
   * @throws InputError as {@link set} does; none is changed then
   */
  setAll(values: Values): void {
    const before: Record<string, number> = {};
    const touched = new Set<Part>();
    for (const [name, value] of Object.entries(values)) {
      const part = this.#partOf(name);
      checkParameter(part.specs, name, "parameters", value);
      before[name] = part.values[name];
      touched.add(part);
    }
    try {
      for (const [name, value] of Object.entries(values)) this.#partOf(name).values[name] = value;
      for (const part of touched) part.changed(part.values);
    } catch (error) {
      for (const [name, value] of Object.entries(before)) this.#partOf(name).values[name] = value;
      for (const part of touched) part.changed(part.values);
      throw error;
    }
  }

  /** A copy of all values. */
  snapshot(): Record<Name, number> {
    return Object.assign({}, ...this.#parts.map(({ values }) => values));
  }

  #partOf(name: string): Part {
    for (const part of this.#parts) if (Object.hasOwn(part.specs, name)) return part;
    throw unknown("parameters", name, this.names);
  }
}

/**
 * @param source first in the message: where the name and the value came from
 * @throws InputError when there is no such parameter, or when it cannot take the value, where one is given
 */
export function checkParameter(specs: ParameterSpecs, name: string, source: string, value?: number): void {
  if (!Object.hasOwn(specs, name)) throw unknown(source, name, Object.keys(specs));
  if (value === undefined) return;
  if (accepts(specs[name], value)) return;
  throw new InputError(`${source}: ${name}: expected ${expected(specs[name])}, found ${value}`);
}

/** Whether the parameter can take the value. */
export function accepts({ positive, low, high, integer }: ParameterSpec, value: number): boolean {
  if (!Number.isFinite(value) || (positive && value <= 0) || (integer && !Number.isInteger(value))) return false;
  return (low === undefined || value >= low) && (high === undefined || value <= high);
}

/** The values that the parameter can take, for error messages: `a positive number`. */
export function expected({ positive, low, high, integer }: ParameterSpec): string {
  const kind = positive ? "a positive number" : integer ? "an integer" : "a finite number";
  if (low !== undefined && high !== undefined) return `${kind} from ${low} to ${high}`;
  if (low !== undefined) return `${kind}, at least ${low}`;
  return high === undefined ? kind : `${kind}, at most ${high}`;
}

function unknown(source: string, name: string, valid: readonly string[]): InputError {
  return new InputError(`${source}: unknown parameter "${name}"${suggest(name, valid)}`);
}
