import { parseAssignment } from "../../study/assign.js";

/** How a command says what the assignments of a run say. */
interface Words {
  /** With its own words: `ringdown play ring`. */
  readonly command: string;
  /** The path of an assignment → the option that says the same; all else follows as `--set`. */
  readonly options: Readonly<Record<string, string>>;
  /** Paths that the command's own words say. */
  readonly said: readonly string[];
}

/** The command line of a run as far as a step. */
export function commandLine(words: Words, assignments: readonly string[], seed: number, steps: number): string {
  const values = new Map(assignments.map((text) => [parseAssignment(text).path, text.slice(text.indexOf("=") + 1)]));
  for (const path of words.said) values.delete(path);
  const options = Object.entries(words.options).flatMap(([path, option]) => {
    const value = values.get(path);
    return value === undefined ? [] : [option, quoted(value)];
  });
  const rest = [...values].filter(([path]) => !Object.hasOwn(words.options, path));
  const sets = rest.flatMap(([path, value]) => ["--set", quoted(`${path}=${value}`)]);
  return [words.command, ...options, "--seed", seed, "--steps", steps, ...sets].join(" ");
}

/**
 * A study file of runs with one seed; JSON is YAML.
 *
 * @param configs by the names of their experiments
 */
export function studyFile(task: string, configs: Readonly<Record<string, unknown>>, seed: number): string {
  const experiments = Object.entries(configs).map(([name, config]) =>
    [`  ${name}:`, `    task: ${task}`, `    config: ${JSON.stringify(config)}`, `    seeds: [${seed}]`, ""].join("\n"),
  );
  return ["name: from-the-lab", "experiments:", ...experiments].join("\n");
}

/** A word as a shell takes it. */
const quoted = (word: string) => (/^[\w.,:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
