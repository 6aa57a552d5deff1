import type { Theme } from "../../reports/page/theme.js";
import { writeAddress } from "./address.js";
import { ClaimTestView } from "./claim-test.js";
import { ClaimCurve } from "./draw/claim-curve.js";
import { element } from "./element.js";
import type { ClaimCard, Frame, Setup } from "./messages.js";
import type { Asking, View } from "./stage.js";

export const chaptersLead = [
  "Two textbook chapters on RMSprop make claims that can be tested. Choose one: a run of its experiment is drawn beside the closed form, where there is one; change ρ, η, ε, the problem. The claim's verdict comes from its whole experiment.",
];

/** A claim in words, one run of its experiment, and its verdict. */
export class ChaptersView implements View {
  readonly element: HTMLElement;
  readonly below: HTMLElement;
  readonly half = 1;
  readonly #claims = element("select", { id: "claim" });
  readonly #card = element("div", { class: "card" });
  readonly #curve = new ClaimCurve();
  readonly #run = element("figure", {}, this.#curve.element);
  readonly #caption = element("figcaption");
  readonly #test: ClaimTestView;

  constructor(asking: Asking, theme: () => Theme) {
    this.#claims.addEventListener("change", () => asking.assign("claim", this.#claims.value));
    this.#test = new ClaimTestView(theme);
    this.#run.append(this.#caption);
    const choice = element("div", { class: "claim-choice" }, element("label", { for: "claim" }, "claim"), this.#claims);
    this.element = element(
      "div",
      { class: "view" },
      element("div", {}, choice, this.#card),
      this.#run,
      this.#test.element,
    );
    this.below = this.#test.below;
  }

  begin({ axes: [column, law], claim }: Setup): void {
    if (claim === undefined) throw new Error("a stage of claims without a claim");
    this.#run.hidden = column === undefined;
    this.#curve.begin(column ?? "", law);
    const beside = law === undefined ? "This run has no closed form for it here." : `Dashed: the closed form, ${law}.`;
    this.#caption.replaceChildren(element("span", {}, `Blue: the run. ${beside}`));
    const options = claim.all.map((name) => element("option", { value: name, selected: name === claim.name }, name));
    this.#claims.replaceChildren(...options);
    this.#card.replaceChildren(...cardOf(claim));
    this.#test.begin(claim.name, claim.heavy !== undefined);
  }

  take({ curve }: Frame): void {
    if (curve !== undefined) this.#curve.take(curve);
  }

  /** What a claim's run says is its curve. */
  inspect(): void {}

  draw(theme: Theme): void {
    this.#curve.draw(theme);
    this.#test.redraw();
  }

  close(): void {
    this.#test.close();
  }
}

function cardOf({ words, source, see, command, heavy, link }: ClaimCard): HTMLElement[] {
  const whole =
    heavy === undefined
      ? "The whole experiment, of the quick study, runs here in a moment, or with more by "
      : `The whole experiment is not run here: ${heavy}. The command line runs it: `;
  const links = link === undefined ? [] : [element("p", {}, element("a", { href: hrefOf(link) }, link.words))];
  return [
    element("blockquote", {}, element("p", {}, `“${words}”`), element("footer", {}, source)),
    element("p", {}, see),
    ...links,
    element("p", {}, whole, element("code", {}, command)),
  ];
}

const hrefOf = ({ stage, assignments }: NonNullable<ClaimCard["link"]>) =>
  writeAddress({ stage, assignments: [...assignments, "seed=1"], points: "" });
