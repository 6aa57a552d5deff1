import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Text that goes into a file that is there: behind the only place where `after` stands, else at the file's top. */
export interface Insertion {
  readonly file: string;
  readonly after?: string;
  readonly text: string;
}

/** The smallest part of a kind, added as CONTRIBUTING's recipe for the kind says. */
export interface Addition {
  /** The kind, as the recipe names it. */
  readonly kind: string;
  /** How many files the recipe may touch, tests and golden values aside. */
  readonly most: number;
  /** New files: path → text. */
  readonly writes: Readonly<Record<string, string>>;
  /** A new folder that counts as one file. */
  readonly folder?: string;
  readonly inserts: readonly Insertion[];
  /** Where `ringdown list --json` shows it, where such parts are listed: the kind of list and the name. */
  readonly listed?: readonly [kind: string, name: string];
  /** Words of a command that uses the part, in a folder that also holds `files`; it must end well. */
  readonly use: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

/** Adds the part to a tree of sources. */
export function apply({ writes, inserts }: Addition, root: string): void {
  for (const [file, text] of Object.entries(writes)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: "wx" });
  }
  for (const { file, after = "", text } of inserts) {
    const before = readFileSync(join(root, file), "utf8");
    const pieces = after === "" ? ["", before] : before.split(after);
    if (pieces.length !== 2) throw new Error(`${file}: expected "${after}" once, found it ${pieces.length - 1} times`);
    writeFileSync(join(root, file), `${pieces[0]}${after}${text}${pieces[1]}`);
  }
}

/** Path → text of all files below a folder, links left out. */
export function snapshot(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}

/** The files that two snapshots do not have alike; those below `folder` count as one. */
export function touched(before: Map<string, string>, after: Map<string, string>, folder?: string): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  const different = [...paths].filter((path) => before.get(path) !== after.get(path));
  const counted = different.map((path) => (folder !== undefined && path.startsWith(`${folder}/`) ? folder : path));
  return [...new Set(counted)].sort();
}
