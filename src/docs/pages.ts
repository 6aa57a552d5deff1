import { createProgram } from "../cli/program.js";
import { catalogue } from "../cli/reference/catalogue.js";
import { guidePages } from "./guides.js";
import { commandPages, kindPages, literaturePage, type Page } from "./reference-pages.js";

/** Every page of the site but those of the library's exports, the start page first. */
export async function allPages(): Promise<Page[]> {
  const kinds = await catalogue();
  const guides = guidePages();
  return [
    ...guides.filter(({ path }) => path === "index"),
    ...guides.filter(({ path }) => path !== "index"),
    ...commandPages(createProgram().commands),
    ...kinds.flatMap(kindPages),
    literaturePage(kinds),
  ];
}
