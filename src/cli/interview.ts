import { suggest } from "../config/nearest.js";

/** A question with a list of answers, or with a check of its own. */
export interface Question {
  readonly text: string;
  /** Name → a line about it: what may be answered, where that is a list. */
  readonly among?: Readonly<Record<string, string>>;
  /** Whether several answers may be given, separated by commas. */
  readonly several?: boolean;
  /** What no answer means; without it there must be one. */
  readonly otherwise?: string;
  /** What is wrong with an answer; undefined where nothing is. */
  wrong?(answer: string): string | undefined;
}

/** Asks on a terminal, and again until the answer is a valid one. */
export async function ask(
  { text, among, several = false, otherwise, wrong }: Question,
  terminal: { question(text: string): Promise<string>; say(line: string): void },
): Promise<string> {
  if (among !== undefined) terminal.say(`  ${Object.keys(among).join(", ")}`);
  for (;;) {
    const hint = otherwise === undefined ? "" : ` [${otherwise}]`;
    const answer = (await terminal.question(`${text}${hint} `)).trim() || otherwise;
    const problem =
      answer === undefined ? "expected an answer" : (objection(answer, among, several) ?? wrong?.(answer));
    if (answer !== undefined && problem === undefined) return answer;
    terminal.say(`  ${problem}`);
  }
}

function objection(answer: string, among: Question["among"], several: boolean): string | undefined {
  if (among === undefined) return undefined;
  const names = several ? answer.split(",").map((name) => name.trim()) : [answer];
  const unknown = names.find((name) => !Object.hasOwn(among, name));
  return unknown === undefined ? undefined : `unknown name "${unknown}"${suggest(unknown, Object.keys(among))}`;
}
