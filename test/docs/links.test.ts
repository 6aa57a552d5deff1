import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { Tokens } from "marked";
import { beforeAll, describe, expect, it } from "vitest";
import { anchorOf, htmlOf, picturesIn, repository } from "../../src/docs/html.js";
import { allPages } from "../../src/docs/pages.js";
import type { Page } from "../../src/docs/reference-pages.js";
import { guides, root, textOf, tokensOf } from "./blocks.js";

/** The anchors of a Markdown text's headings. */
function anchorsOf(text: string): Set<string> {
  const before = new Map<string, number>();
  const headings = tokensOf(text).filter(({ type }) => type === "heading") as Tokens.Heading[];
  return new Set(headings.map((heading) => anchorOf(heading.text, before)));
}

/** The links of a guide that lead nowhere in the tree. */
function deadLinks(guide: string, text = textOf(guide)): string[] {
  const links = tokensOf(text).filter(({ type }) => type === "link" || type === "image") as Tokens.Link[];
  return links
    .map(({ href }) => href)
    .filter((href) => !/^(https?:|mailto:)/.test(href))
    .filter((href) => {
      const [path, anchor] = href.split("#");
      const target = path === "" ? guide : posix.normalize(posix.join(dirname(guide), path));
      if (!existsSync(join(root, target))) return true;
      if (anchor === undefined) return false;
      return !anchorsOf(path === "" ? text : textOf(target)).has(decodeURIComponent(anchor));
    });
}

describe("the links of guides", () => {
  it.each(guides())("lead somewhere: %s", (guide) => {
    expect(deadLinks(guide)).toEqual([]);
  });

  it("would be found if they did not", () => {
    const text = "# One\n\n[a](nothing.md) [b](#one) [c](#two) [d](src/index.ts) [e](https://example.org)";
    expect(deadLinks("README.md", text)).toEqual(["nothing.md", "#two"]);
  });
});

describe("the site", () => {
  let pages: readonly Page[];
  let pictures: ReadonlySet<string>;
  const files = new Map<string, string>();

  beforeAll(async () => {
    pages = await allPages();
    pictures = new Set(picturesIn(pages));
    for (const page of pages) files.set(`${page.path}.html`, htmlOf(page, pages));
  }, 120_000);

  it("has a page for every command, agent, environment, game, optimizer and guide, each at a path of its own", () => {
    expect(files.size).toBe(pages.length);
    const wanted = ["index", "reference/commands/train", "reference/agents/ppo", "reference/envs/CartPole-v1"];
    const more = [
      "reference/games/bilinear",
      "reference/games/ring",
      "reference/optimizers/rmsprop",
      "guides/src/examples",
    ];
    expect([...files.keys()]).toEqual(expect.arrayContaining([...wanted, ...more].map((path) => `${path}.html`)));
    expect(files.get("reference/optimizers/rmsprop.html")).toContain("v ← ρ v + (1 − ρ) g²");
    expect(files.get("reference/envs/CartPole-v1.html")).toContain("mass of the pole, kg");
    expect(files.get("reference/commands/train.html")).toContain("ringdown train --env CartPole-v1 --agent a2c");
  });

  it("has no dead link: to a page, to an anchor, to a source in the repository", () => {
    const dead = [...files].flatMap(([file, html]) =>
      [...html.matchAll(/(?:href|src)="([^"]+)"/g)].flatMap(([, href]) =>
        leads(file, href) ? [] : [`${file}: ${href}`],
      ),
    );
    expect(dead).toEqual([]);
  });

  function leads(file: string, href: string): boolean {
    if (href.startsWith(repository)) return existsSync(join(root, href.slice(repository.length).split("#")[0]));
    if (/^(https?:|mailto:)/.test(href)) return true;
    const [path, anchor] = href.split("#");
    const target = path === "" ? file : posix.normalize(posix.join(posix.dirname(file), path));
    // Written beside the pages: the style, and the library's exports by typedoc, which looks after its own links.
    if (target === "style.css" || target === "api/index.html") return true;
    if (pictures.has(target)) return existsSync(join(root, target));
    const html = files.get(target);
    if (html === undefined) return false;
    return anchor === undefined || html.includes(`id="${decodeURIComponent(anchor)}"`);
  }
});
