import { element } from "./element.js";
import type { Inspection } from "./messages.js";

/** How to come to the same parameters without the page, and how to see that they are the same. */
export function reproduction({ step, hashes, reproduce }: Inspection): HTMLElement[] {
  const sums = hashes.map((hash) => element("p", {}, "SHA-256 ", element("code", { class: "hash" }, hash)));
  const of = `the parameters after step ${step.toLocaleString("en")}`;
  if (typeof reproduce === "string") return [element("p", {}, `${reproduce} Of ${of}:`), ...sums];
  const { commands, study, file } = reproduce;
  const folded = (summary: string, text: string) =>
    element("details", {}, element("summary", {}, summary), element("pre", { tabindex: 0 }, text));
  return [
    element("p", {}, `The command line comes to ${of}, bit for bit, and says their hash as parametersSha256:`),
    ...commands.flatMap((command, k) => [element("pre", { class: "command", tabindex: 0 }, command), sums[k]]),
    ...(file === undefined ? [] : [folded(`Save as ${file.name}`, file.text)]),
    folded("As a study file", study),
  ];
}
