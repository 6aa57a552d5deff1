import { element } from "./element.js";
import type { Inspection, Reproduction } from "./messages.js";

/** How to come to the same parameters without the page, and how to see that they are the same. */
export function reproduction({ step, hashes, reproduce }: Inspection): HTMLElement[] {
  const sums = hashes.map((hash) => element("p", {}, "SHA-256 ", element("code", { class: "hash" }, hash)));
  const of = `the parameters after step ${step.toLocaleString("en")}`;
  if (typeof reproduce === "string") {
    return [element("p", {}, sums.length === 0 ? reproduce : `${reproduce} Of ${of}:`), ...sums];
  }
  const { commands, where, study, file } = reproduce;
  const said = where === undefined ? "says their hash" : `writes their hash into ${where}`;
  return [
    element("p", {}, `The command line comes to ${of}, bit for bit, and ${said} as parametersSha256:`),
    ...commands.flatMap((command, k) => [element("pre", { class: "command", tabindex: 0 }, command), sums[k]]),
    ...(file === undefined ? [] : [download(file), folded(`What is in ${file.name}`, file.text)]),
    ...(study === undefined ? [] : [folded("As a study file", study)]),
  ];
}

/** The file that the command reads, to be saved where it runs. */
function download({ name, text }: NonNullable<Reproduction["file"]>): HTMLElement {
  const href = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
  return element("p", {}, element("a", { href, download: name }, `Save ${name}`), " where the command runs.");
}

const folded = (summary: string, text: string) =>
  element("details", {}, element("summary", {}, summary), element("pre", { tabindex: 0 }, text));
