import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { marked, type Token, type Tokens } from "marked";

export const root = resolve(import.meta.dirname, "../..");

/** A code block of a guide. */
export interface Block {
  readonly guide: string;
  readonly language: string;
  readonly code: string;
}

/** Every guide: the Markdown files at the root and the README of each folder, the changelog left out. */
export function guides(): string[] {
  const left = new Set(["node_modules", "dist", "results", ".git"]);
  const inFolder = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return left.has(entry.name) || entry.name.startsWith(".") ? [] : inFolder(path);
      return entry.name.endsWith(".md") && entry.name !== "CHANGELOG.md" ? [path] : [];
    });
  return inFolder("").sort();
}

export const textOf = (guide: string): string => readFileSync(join(root, guide), "utf8");

/** All tokens of a Markdown text, those inside others included. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => {
    found.push(token);
  });
  return found;
}

/** The code blocks of all guides that name a language. */
export function blocks(): Block[] {
  return guides().flatMap((guide) =>
    tokensOf(textOf(guide))
      .filter((token): token is Tokens.Code => token.type === "code" && Boolean((token as Tokens.Code).lang))
      .map(({ lang = "", text }) => ({ guide, language: lang, code: text })),
  );
}
