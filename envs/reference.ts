import { driftable } from "./dynamics.js";
import { checkParameter } from "./parameters.js";
import { spec } from "./registry.js";

/** A return to compare others with. */
export interface ReferenceReturn {
  /** The best expected return of an episode. */
  readonly value: number;
  /** `stored`: not proven best, but the best known, and for the default parameters alone. */
  readonly kind: "closed form" | "computed" | "stored";
  readonly source: string;
}

/**
 * The return of an oracle that knows an environment's parameters, for regret: one number per phase of a drift, while
 * the parameters stay. Undefined where none is known.
 *
 * Of the channel, the scale of the rewards is reckoned in. A permutation of the actions, and scales and offsets of the
 * observation, cost an oracle nothing; noise on the observation and a scale of a box's actions do, so that nothing is
 * known then.
 *
 * @param parameters those that differ from their defaults, or all of them, as in `info.parameters`
 * @throws InputError for an unknown id or parameter
 */
export function referenceReturn(
  id: string,
  parameters: Readonly<Record<string, number>> = {},
): ReferenceReturn | undefined {
  const known = spec(id);
  const { reference } = known;
  if (reference === undefined) return undefined;
  const specs = driftable(known).parameters;
  const values = Object.fromEntries(Object.entries(specs).map(([name, { default: value }]) => [name, value]));
  for (const [name, value] of Object.entries(parameters)) {
    checkParameter(specs, name, id, value);
    values[name] = value;
  }
  const { rewardScale, observationNoise = 0, actionScale = 1 } = values;
  if (observationNoise !== 0 || actionScale !== 1) return undefined;
  const changed = Object.keys(known.parameters).some((name) => values[name] !== specs[name].default);
  if (reference.kind === "stored" && (changed || rewardScale <= 0)) return undefined;
  // Whoever sees the observation through a scale of zero sees nothing.
  if (Object.entries(values).some(([name, value]) => name.startsWith("observationScale") && value === 0)) {
    return undefined;
  }
  const value = reference.value(values, rewardScale);
  return value === undefined ? undefined : { value, kind: reference.kind, source: reference.source };
}
