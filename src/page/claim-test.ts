import type { DrawnPanel } from "../../reports/page/plot.js";
import type { Theme } from "../../reports/page/theme.js";
import { verdictWords } from "../../reports/parts/findings.js";
import { element } from "./element.js";
import type { ClaimTested } from "./messages.js";
import { Remote } from "./remote.js";

/** Milliseconds between two reports of how far a test is. */
const interval = 200;

/** Runs the whole experiment of a claim, in a worker of its own, and shows the verdict with its figure. */
export class ClaimTestView {
  /** What begins it, and how far it is. */
  readonly element = element("div");
  /** What is found, as wide as the page. */
  readonly below = element("div", { class: "test" });
  readonly #button = element(
    "button",
    { type: "button", class: "primary", click: () => void this.#run() },
    "Test the claim",
  );
  readonly #progress = element("p", { role: "status" });
  readonly #theme: () => Theme;
  #claim = "";
  #remote: Remote | undefined;
  #panels: readonly DrawnPanel[] = [];
  #drawnIn: Theme | undefined;

  constructor(theme: () => Theme) {
    this.#theme = theme;
    this.element.append(this.#button, this.#progress);
  }

  /** Shows the claim as one that is not tested yet; the same one keeps what is found. */
  begin(claim: string, heavy: boolean): void {
    this.element.hidden = heavy;
    if (claim === this.#claim) return;
    this.#claim = claim;
    this.close();
    this.below.replaceChildren();
    this.#progress.textContent = "";
    this.#panels = [];
  }

  redraw(): void {
    const theme = this.#theme();
    if (theme === this.#drawnIn) return;
    this.#drawnIn = theme;
    for (const panel of this.#panels) panel.redraw(theme);
  }

  close(): void {
    this.#remote?.close();
    this.#remote = undefined;
    this.#button.disabled = false;
  }

  async #run(): Promise<void> {
    const claim = this.#claim;
    const remote = new Remote();
    this.#remote = remote;
    this.#button.disabled = true;
    for (;;) {
      const { tested } = await remote.ask({ kind: "test", claim, milliseconds: interval }, "tested");
      // Another claim may have been chosen meanwhile.
      if (this.#remote !== remote) return;
      const { done, total, finding } = tested;
      this.#progress.textContent = `${done} of ${total} runs`;
      if (finding === undefined) continue;
      await this.#show(finding);
      this.close();
      return;
    }
  }

  async #show({ verdict, because, figure }: NonNullable<ClaimTested["finding"]>): Promise<void> {
    const { title, caption, columns, panels, panelWidth = 720, panelHeight = 520 } = figure;
    const places = panels.map(({ title }) =>
      element("div", { class: "panel" }, element("h3", {}, title.replaceAll("\n", " · "))),
    );
    const style = `--columns:${columns};--ratio:${panelWidth}/${panelHeight}`;
    this.below.replaceChildren(
      element(
        "div",
        { class: "verdict", "data-verdict": verdict },
        element("p", { class: "claim" }, element("span", { class: "badge" }, verdictWords[verdict])),
        element("p", {}, because),
      ),
      element(
        "figure",
        {},
        element("figcaption", {}, element("strong", {}, title), element("span", {}, caption)),
        element("div", { class: "panels", style }, ...places),
      ),
    );
    // The charts of the reports are a script of their own, which nobody waits for who tests no claim.
    const { drawPanel } = await import("../../reports/page/plot.js");
    this.#drawnIn = this.#theme();
    this.#panels = panels.map((panel, k) => drawPanel(places[k], panel, this.#theme()));
  }
}
