import { z } from "zod";
import { type Verdict, verdictWords } from "../findings.js";
import { pageDocument } from "./html.js";
import { escapeHtml, inline } from "./html-text.js";

/** What a results folder's cover page says of one study: `verdicts.json` beside its report. */
export const summarySchema = z.object({
  title: z.string(),
  introduction: z.string(),
  verdicts: z
    .array(
      z.object({
        claim: z.string(),
        verdict: z.enum(Object.keys(verdictWords) as Verdict["verdict"][]),
        because: z.string(),
      }),
    )
    .readonly(),
  picture: z.string().optional().describe("the first figure's file, where there is one"),
});
export type Summary = z.output<typeof summarySchema>;

/** The page over all studies of a results folder, by the names of their folders. */
export function renderCover(studies: readonly (readonly [folder: string, summary: Summary])[]): string {
  const cards = studies.map(([folder, summary]) => card(folder, summary));
  const body = `<main><header><h1>Reports</h1><button type="button" id="theme" aria-pressed="false" hidden>Dark</button></header>
<ul class="studies">${cards.join("\n")}</ul></main>`;
  return pageDocument("Reports", body, {});
}

function card(folder: string, { title, introduction, verdicts, picture }: Summary): string {
  const path = encodeURIComponent(folder);
  const image = picture === undefined ? "" : `<img src="${path}/${encodeURIComponent(picture)}" alt="" loading="lazy">`;
  const claims = verdicts.map(
    ({ claim, verdict }) =>
      `<li data-verdict="${verdict}"><span class="badge">${verdictWords[verdict]}</span> ${inline(claim)}</li>`,
  );
  return `<li class="study"><a href="${path}/index.html">${image}<h2>${inline(title)}</h2></a>
<p>${inline(introduction)}</p>
<details><summary>${escapeHtml(tally(verdicts))}</summary><ul class="claims">${claims.join("")}</ul></details></li>`;
}

function tally(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "no verdicts";
  const kinds = Object.keys(verdictWords) as Verdict["verdict"][];
  return kinds
    .map((kind) => [kind, verdicts.filter(({ verdict }) => verdict === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} × ${verdictWords[kind].toLowerCase()}`)
    .join(", ");
}
