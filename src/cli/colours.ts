import { styleText } from "node:util";

/** What a word tells its reader, who can read it without its colour. */
const styles = { good: "green", bad: "red", told: "bold", open: "yellow" } as const;
export type Meaning = keyof typeof styles;
export type Paint = (meaning: Meaning, text: string) => string;

/**
 * A text in the colour of what it tells, where the stream is a terminal that has colours; elsewhere the bare text. As
 * Node has it, NO_COLOR takes colours away and FORCE_COLOR puts them anywhere.
 */
export function coloured(meaning: Meaning, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(styles[meaning], text, { stream });
}
