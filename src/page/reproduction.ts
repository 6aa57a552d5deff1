import { element } from "./element.js";
import type { Inspection } from "./messages.js";

/** How to come to the same parameters without the page, and how to see that they are the same. */
export function reproduction({ step, hashes, reproduce }: Inspection): HTMLElement[] {
  const hash = hashes.map((one) => element("code", { class: "hash" }, one));
  const sum = element("p", {}, `SHA-256 of all parameters after step ${step.toLocaleString("en")}: `, ...hash);
  if (typeof reproduce === "string") return [element("p", {}, reproduce), sum];
  const { commands, study, file } = reproduce;
  return [
    element(
      "p",
      {},
      "The command line comes to the same parameters, bit for bit; it says their hash as parametersSha256.",
    ),
    ...commands.map((command) => element("pre", { class: "command", tabindex: 0 }, command)),
    sum,
    ...(file === undefined
      ? []
      : [
          element(
            "details",
            {},
            element("summary", {}, `Save as ${file.name}`),
            element("pre", { tabindex: 0 }, file.text),
          ),
        ]),
    element("details", {}, element("summary", {}, "As a study file"), element("pre", { tabindex: 0 }, study)),
  ];
}
