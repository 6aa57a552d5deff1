import { Marked } from "marked";

/** Text as the content of an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/**
 * Reads the Markdown of findings. Names in them come from study files, which may be somebody else's: HTML is shown as it
 * is written, pictures are left out, and links lead to places of the page, to files beside it or to the web.
 */
const markdown = new Marked({
  tokenizer: { del: () => undefined, html: () => undefined, tag: () => undefined },
  renderer: {
    image: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return /^(https?:\/\/|#|[\w-]+\.(html|md|png)$)/.test(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
    },
  },
});

/** Paragraphs and lists. */
export const prose = (text: string): string => markdown.parse(text, { async: false });

/** Emphasis, code and links within a line. */
export const inline = (text: string): string => markdown.parseInline(text, { async: false });
