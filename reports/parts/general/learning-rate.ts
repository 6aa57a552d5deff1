import type { Run } from "../../../src/study/read.js";

/**
 * A caution where the optimizers of runs differ and their learning rates do not: which of them wins may then be a matter
 * of whom that rate suits. Nothing where the rates differ, as they do where they were tuned apart or are part of the grid.
 */
export function sameLearningRate(runs: readonly Run[]): string[] {
  const settings = runs.map(({ config }) => optimizerSettings(config));
  const values = (path: string) => new Set(settings.map((one) => one.get(path)));
  const paths = [...new Set(settings.flatMap((one) => [...one.keys()]))];
  const isRate = (path: string) => path.split(".").at(-1) === "lr";
  const rates = paths.filter(isRate);
  const varied = paths.filter((path) => !isRate(path) && values(path).size > 1);
  if (varied.length === 0 || rates.length === 0 || rates.some((path) => values(path).size > 1)) return [];
  const stated = rates.map((path) => `\`${path}\` = ${[...values(path)][0]}`).join(", ");
  return [
    `**One learning rate for all** (${stated}): which condition wins may be a matter of whom that rate suits, and at another one the sign may turn; \`tune\` in the study file finds each condition's own first.`,
  ];
}

/** The values below every key `optimizer` or `optimizers` of a configuration, as JSON, by path. */
function optimizerSettings(config: unknown, path = "", inside = false): Map<string, string> {
  if (config === null || typeof config !== "object") return new Map(inside ? [[path, JSON.stringify(config)]] : []);
  const below = Object.entries(config).flatMap(([key, value]) => {
    const place = path === "" ? key : `${path}.${key}`;
    return [...optimizerSettings(value, place, inside || /^optimizers?$/.test(key))];
  });
  return new Map(below);
}
