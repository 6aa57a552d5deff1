import { posix } from "node:path";
import { Marked } from "marked";
import { sitePath } from "./guides.js";
import type { Page } from "./reference-pages.js";

/** Where sources can be read that are no page of the site. */
export const repository = "https://github.com/ringdown/ringdown/blob/main/";

/** A page as a file of the site. */
export function htmlOf(page: Page, all: readonly Page[]): string {
  const up = posix.relative(posix.dirname(page.path), ".") || ".";
  const marked = new Marked();
  const anchors = new Map<string, number>();
  marked.use({
    walkTokens(token) {
      if (token.type === "link") token.href = linkFrom(up, token.href);
      if (token.type === "image") token.href = `${up}/${token.href}`;
      if (token.type === "html") token.text = token.text.replaceAll(/src="(?!https?:)/g, `src="${up}/`);
    },
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text, anchors)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
  const body = marked.parse(page.text, { async: false });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)}${page.path === "index" ? "" : ", Ringdown"}</title>
<link rel="stylesheet" href="${up}/style.css">
</head>
<body>
<nav aria-label="All pages">${navigation(page, all, up)}</nav>
<main>
<h1>${escaped(page.title)}</h1>
${body}</main>
</body>
</html>
`;
}

/**
 * A heading's anchor as GitHub has it; a second heading of the same words gets a number.
 *
 * @param before the anchors so far, and how often; extended
 */
export function anchorOf(text: string, before: Map<string, number>): string {
  const anchor = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
  const count = before.get(anchor) ?? 0;
  before.set(anchor, count + 1);
  return count === 0 ? anchor : `${anchor}-${count}`;
}

/** A link of a page: to a page of the site, to an anchor, to a source in the repository, or to elsewhere. */
function linkFrom(up: string, href: string): string {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [path, anchor] = href.split("#");
  const end = anchor === undefined ? "" : `#${anchor}`;
  if (path.startsWith("/")) return `${up}${path}${end}`;
  return path.endsWith(".md") ? `${up}/${sitePath(path)}.html${end}` : `${repository}${path}${end}`;
}

function navigation({ path }: Page, all: readonly Page[], up: string): string {
  const item = (page: Page) => {
    const here = page.path === path ? ' aria-current="page"' : "";
    return `<li><a href="${up}/${page.path}.html"${here}>${escaped(page.title)}</a></li>`;
  };
  const list = (title: string, pages: readonly Page[]) => `<h2>${title}</h2><ul>${pages.map(item).join("")}</ul>`;
  const [index] = all;
  const guides = all.filter((page) => page.path.startsWith("guides/"));
  const reference = all.filter((page) => /^reference\/[^/]+$/.test(page.path));
  const api = `<h2>Library</h2><ul><li><a href="${up}/api/index.html">All exports</a></li></ul>`;
  return `<ul>${item(index)}</ul>${list("Reference", reference)}${api}${list("Guides", guides)}`;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The pictures that pages show, from the package's root. */
export function picturesIn(pages: readonly Page[]): string[] {
  const shown = pages.flatMap(({ text }) => [...text.matchAll(/(?:!\[[^\]]*\]\(|src=")([^)"\s]+\.png)/g)]);
  return [...new Set(shown.map(([, path]) => path))];
}

export const style = `:root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); --soft: light-dark(#f5f6f8, #1d2126); }
body { margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); font: 16px/1.55 system-ui, sans-serif; background: light-dark(#fff, #14171b); color: light-dark(#1c2128, #e4e7eb); }
nav { padding: 1.2rem; border-right: 1px solid var(--line); font-size: 0.9rem; }
nav h2 { font-size: 0.8rem; margin: 1.2rem 0 0.3rem; text-transform: uppercase; letter-spacing: 0.04em; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav [aria-current] { font-weight: 700; }
main { padding: 1.2rem 2.5rem 4rem; max-width: 62rem; }
a { color: light-dark(#0b57a4, #83b7f0); }
code, pre { font: 0.88em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--soft); padding: 0.8rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1rem 0; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
@media (max-width: 50rem) { body { display: block; } nav { border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1.2rem; } }
`;
