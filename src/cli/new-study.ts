/** What a new study compares, and on what. */
export interface NewStudy {
  readonly name: string;
  readonly subject: Subject;
  readonly optimizers: readonly string[];
  readonly seeds: number;
  readonly steps: number | undefined;
  /** Whether each optimizer's learning rate is tuned first. */
  readonly tune: boolean;
}

/** The task with the part that it is about. */
export type Subject =
  | { readonly task: "rl"; readonly env: string; readonly agent: string | undefined }
  | { readonly task: "game"; readonly game: string; readonly isGan: boolean }
  | { readonly task: "problem"; readonly problem: string; readonly observable: string };

/** Seeds of tuning begin where no study's own are. */
const tuningSeeds = [10_001, 10_002, 10_003];

/**
 * The text of a study file that compares optimizers on one subject.
 *
 * @param schema the address of the JSON Schema of study files, for editors; none where it is undefined
 */
export function newStudyText(study: NewStudy, schema: string | undefined): string {
  const { name, subject, optimizers, seeds, steps, tune } = study;
  const seedList = Array.from({ length: seeds }, (_, index) => index + 1);
  const lines = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    `name: ${name}`,
    `title: ${JSON.stringify(titleOf(subject, optimizers))}`,
    "experiments:",
    "  optimizers:",
    `    task: ${subject.task}`,
    "    config:",
    ...configOf(subject, tune).map((line) => `      ${line}`),
    ...(steps === undefined ? [] : [`      steps: ${steps}`]),
    "    grid:",
    `      optimizer.name: ${list(optimizers)}`,
    `    seeds: ${list(seedList)}`,
    ...(tune ? tuningOf(subject).map((line) => `    ${line}`) : []),
  ];
  return `${lines.join("\n")}\n`;
}

function titleOf(subject: Subject, optimizers: readonly string[]): string {
  const on = subject.task === "rl" ? subject.env : subject.task === "game" ? subject.game : subject.problem;
  return optimizers.length === 1
    ? `What does ${optimizers[0]} do on ${on}?`
    : `How do ${optimizers.join(", ")} compare on ${on}?`;
}

function configOf(subject: Subject, tune: boolean): string[] {
  if (subject.task === "rl") {
    const agent = subject.agent === undefined ? [] : [`agent: { name: ${word(subject.agent)} }`];
    return [`env: { id: ${word(subject.env)} }`, ...agent];
  }
  if (subject.task === "game") return [`game: { name: ${word(subject.game)} }`];
  const score = tune ? [`score: { observable: ${word(subject.observable)} }   # of the end, for tuning`] : [];
  return [`problem: { name: ${word(subject.problem)} }`, ...score];
}

/** The learning rates, for every optimizer apart, by what the task's summaries say of how it went. */
function tuningOf(subject: Subject): string[] {
  const rates = subject.task === "rl" ? [0.0003, 0.001, 0.003, 0.01] : [0.001, 0.01, 0.1];
  const metric = {
    rl: ["metric: meanReturnOverTime"],
    game:
      subject.task === "game" && subject.isGan
        ? ["metric: measured.highQuality"]
        : ["metric: measured.distance", "goal: minimise"],
    problem: ["metric: score", "goal: minimise"],
  }[subject.task];
  return [
    "tune:",
    `  axes: { optimizer.lr: ${list(rates)} }   # for every optimizer apart`,
    ...metric.map((line) => `  ${line}`),
    `  seeds: ${list(tuningSeeds)}`,
  ];
}

const list = (values: readonly (string | number)[]) => `[${values.map(word).join(", ")}]`;

/** As YAML takes it. */
const word = (value: string | number) => (/^[\w.-]+$/.test(String(value)) ? String(value) : JSON.stringify(value));
