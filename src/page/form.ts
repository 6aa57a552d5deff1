import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { element } from "./element.js";
import type { Control, ControlGroup } from "./messages.js";

/** Called with a control's path and its new value as text; `settled` is false while a slider moves. */
export type OnChange = (path: string, value: string, settled: boolean) => void;

/** Controls in the order of their groups; called again with the same structure it only shows the new values. */
export class Form {
  readonly element = element("form", { submit: (event) => event.preventDefault() });
  #structure = "";
  #show: (() => void)[] = [];
  #controls = new Map<string, Control>();

  constructor(readonly onChange: OnChange) {}

  show(groups: readonly ControlGroup[]): void {
    this.#controls = new Map(groups.flatMap(({ controls }) => controls.map((control) => [control.path, control])));
    const structure = JSON.stringify(groups, (key, value) => (key === "value" ? undefined : value));
    if (structure !== this.#structure) {
      this.#structure = structure;
      this.#show = [];
      const focused = document.activeElement?.id;
      const open = new Set([...this.element.querySelectorAll("details[open]")].map(({ id }) => id));
      this.element.replaceChildren(...groups.map((group) => this.#group(group, open)));
      if (focused !== undefined && focused !== "") document.getElementById(focused)?.focus();
    }
    for (const show of this.#show) show();
  }

  /** The value that a control shows, where there is one. */
  value(path: string): unknown {
    return this.#controls.get(path)?.value;
  }

  #group({ title, controls, aside, whole }: ControlGroup, open: ReadonlySet<string>): HTMLElement {
    const isShown = (control: Control) => aside !== true && (whole === true || isMain(control));
    const [first, more] = [controls.filter(isShown), controls.filter((control) => !isShown(control))];
    const rows = (some: readonly Control[]) => some.map((control) => this.#row(control));
    const id = `more-${title.replaceAll(" ", "-")}`;
    const details =
      more.length === 0
        ? []
        : [
            element(
              "details",
              { id, ...(open.has(id) && { open: true }) },
              element("summary", {}, aside === true ? title : `More of ${title.toLowerCase()}`),
              ...rows(more),
            ),
          ];
    if (aside === true) return details[0];
    return element("fieldset", {}, element("legend", {}, title), ...rows(first), ...details);
  }

  #row(control: Control): HTMLElement {
    const { path, help } = control;
    const id = `control-${path}`;
    const [input, show] = this.#input(control, id);
    this.#show.push(() => {
      const { value } = this.#controls.get(path) ?? {};
      show(value);
    });
    const name = path.split(/[.+]/).at(-1) ?? path;
    const words = name === "name" ? ["kind"] : name.split(/(?=[A-Z])/);
    const label = element("label", { for: id }, ...words.flatMap((word) => [word, element("wbr")]));
    const slider = this.#slider(control, name);
    const lines = help === "" ? [] : [element("small", { id: `${id}-help` }, help)];
    if (help !== "") input.setAttribute("aria-describedby", `${id}-help`);
    const none = this.#none(control, name, input);
    const field = none.length === 0 ? input : element("span", { class: "field" }, input, ...none);
    return element("div", { class: "control" }, label, field, ...slider, ...lines);
  }

  #input({ path, input }: Control, id: string): [HTMLElement, (value: unknown) => void] {
    const settle = (value: string) => this.onChange(path, value, true);
    if (input.kind === "choice") {
      const options = input.options.map((name) => element("option", { value: name }, name === "" ? "–" : name));
      const select = element("select", { id, change: () => settle(select.value) }, ...options);
      return [select, (value) => (select.value = value === null || value === undefined ? "" : String(value))];
    }
    if (input.kind === "part") {
      const box = element("input", { id, type: "checkbox", change: () => settle(box.checked ? "{}" : "") });
      return [box, (value) => (box.checked = value !== null)];
    }
    if (input.kind === "switch") {
      const box = element("input", { id, type: "checkbox", change: () => settle(String(box.checked)) });
      return [box, (value) => (box.checked = value === true)];
    }
    const box = element("input", { id, type: "text", inputmode: "decimal", autocomplete: "off" });
    const show = (value: unknown) => {
      if (document.activeElement !== box) box.value = value === null || value === undefined ? "" : textOf(value);
    };
    box.addEventListener("change", () => settle(textFor(input, box.value.trim())));
    return [box, show];
  }

  /** Beside a number that can be none: a box that says so, and takes the number back that was there before. */
  #none({ path, input }: Control, name: string, field: HTMLElement): HTMLElement[] {
    if (input.kind !== "number" || !input.nullable || !(field instanceof HTMLInputElement)) return [];
    let before = input.usual;
    const change = () => {
      field.disabled = box.checked;
      if (box.checked) this.onChange(path, "null", true);
      else if (before !== undefined) this.onChange(path, String(before), true);
      else field.focus();
    };
    const box = element("input", { type: "checkbox", "aria-label": `${name}: none`, change });
    this.#show.push(() => {
      const value = this.#controls.get(path)?.value;
      if (typeof value === "number") before = value;
      box.checked = value === null;
      field.disabled = box.checked;
    });
    return [element("span", { class: "none" }, box, " none")];
  }

  /** A finger's way to a rate: ρ by its memory 1/(1 − ρ), a learning rate by its logarithm. */
  #slider({ path, input }: Control, name: string): HTMLElement[] {
    const scale = scaleOf(input, name);
    if (scale === undefined) return [];
    const slider = element("input", { type: "range", min: 0, max: 1, step: 0.001, "aria-label": `${name}, slider` });
    const send = (settled: boolean) => this.onChange(path, String(scale.value(Number(slider.value))), settled);
    slider.addEventListener("input", () => send(false));
    slider.addEventListener("change", () => send(true));
    this.#show.push(() => {
      const value = this.#controls.get(path)?.value;
      if (document.activeElement !== slider && typeof value === "number") slider.value = String(scale.position(value));
    });
    return [slider];
  }
}

/** What is moved most; everything else is folded away. */
const main = new Set([
  ...["name", "id", "lr", "rho", "beta1", "beta2", "momentum", "eps", "centered", "optimism"],
  ...["start", "loss", "r1", "coupling", "dissipation", "instanceNoise", "spectralNormalization", "modes", "entropy"],
]);
const isMain = ({ path }: Control) => main.has(path.split(".").at(-1) ?? "");

interface Scale {
  value(position: number): number;
  position(value: number): number;
}

function scaleOf(input: Control["input"], name: string): Scale | undefined {
  if (input.kind !== "number") return undefined;
  if (name === "lr") return logarithmic(1e-5, 1);
  if (input.low === 0 && input.high === 1 && input.open.high) {
    const memory = logarithmic(1, 10_000);
    return {
      value: (position) => Number((1 - 1 / memory.value(position)).toPrecision(6)),
      position: (value) => memory.position(1 / (1 - value)),
    };
  }
  return undefined;
}

function logarithmic(low: number, high: number): Scale {
  return {
    value: (position) => Number((low * exp(position * log(high / low))).toPrecision(3)),
    position: (value) => log(Math.max(value, low) / low) / log(high / low),
  };
}

/** A field's text as the value of an assignment; empty takes the assignment away. */
function textFor(input: Control["input"], text: string): string {
  if (text === "") return "";
  return input.kind === "list" ? `[${text}]` : text;
}

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));
