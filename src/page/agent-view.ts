import type { Scene } from "../../envs/pictures/scene.js";
import type { Theme } from "../../reports/page/theme.js";
import { drawScene, sceneHeight } from "../../reports/parts/render/scene.js";
import { Picture } from "./draw/canvas.js";
import { LiveSeries } from "./draw/series.js";
import { element } from "./element.js";
import type { Frame, Learner, Setup } from "./messages.js";
import type { Asking, View } from "./stage.js";

export const agentLead = [
  "Two agents learn the same task from the same seed; only the optimizer differs. √v is how large the optimizer remembers gradients to be, the effective step what an update makes of a gradient of norm 1. Change the world with a button: the gradients jump, and √v follows only as fast as its memory lets it.",
];

/** Episodes that the shown return is the mean of. */
const recent = 20;

/** Two learners side by side: their environments, and what their optimizers do. */
export class AgentView implements View {
  readonly element: HTMLElement;
  readonly half = 1;
  readonly #pictures = ["left", "right"].map(
    (side) => new Picture(`The first copy of the ${side} learner's environment`, 2),
  );
  readonly #captions = [element("figcaption"), element("figcaption")];
  readonly #series = [
    new LiveSeries(`return, mean of ${recent} episodes`, false),
    new LiveSeries("√v, median over the policy's parameters", true),
    new LiveSeries("effective step", true),
    new LiveSeries("norm of the update", true),
  ];
  readonly #buttons = element("p", { class: "presses" });
  readonly #returns: [number[], number[]] = [[], []];
  readonly #asking: Asking;
  #learners: readonly Learner[] = [];
  #names = ["left", "right"];

  constructor(asking: Asking) {
    this.#asking = asking;
    const scenes = this.#pictures.map(({ canvas }, k) => element("figure", {}, canvas, this.#captions[k]));
    this.element = element(
      "div",
      { class: "view" },
      this.#buttons,
      element("div", { class: "pair" }, ...scenes),
      element(
        "p",
        { class: "looks" },
        element("span", { class: "left" }, "left learner"),
        element("span", { class: "right" }, "right learner"),
        " over environment steps; dotted upright: the world changed",
      ),
      element("div", { class: "pair" }, ...this.#series.map((one) => one.element)),
    );
  }

  begin({ groups, presses }: Setup): void {
    for (const one of this.#series) one.clear();
    for (const one of this.#returns) one.length = 0;
    const controls = groups.flatMap((group) => group.controls);
    this.#names = ["optimizer.name", "other.optimizer.name"].map((path, k) => {
      const name = controls.find((control) => control.path === path)?.value;
      return `${["left", "right"][k]}: ${name}`;
    });
    const buttons = presses.map(({ label, parameter, values }) => {
      let now = 0;
      const press = async () => {
        const next = (now + 1) % values.length;
        if (!(await this.#asking.press(parameter, values[next]))) return;
        now = next;
        button.setAttribute("aria-pressed", String(now > 0));
        for (const one of this.#series) one.mark();
      };
      const button = element("button", { type: "button", "aria-pressed": "false", click: press }, label);
      return button;
    });
    this.#buttons.replaceChildren(...buttons);
  }

  take({ learners }: Frame): void {
    if (learners === undefined) return;
    this.#learners = learners;
    const means = learners.map(({ returns }, k) => {
      const list = this.#returns[k];
      for (let i = 1; i < returns.length; i += 2) list.push(returns[i]);
      if (list.length > recent) list.splice(0, list.length - recent);
      return list.length === 0 ? Number.NaN : list.reduce((sum, value) => sum + value, 0) / list.length;
    });
    const [left, right] = learners.map(({ rows }) => rows);
    for (let at = 0; at < Math.max(left.length, right.length); at += 4) {
      const step = at < left.length ? left[at] : right[at];
      for (let k = 1; k < 4; k++) {
        this.#series[k].add(step, left[at + k] ?? Number.NaN, right[at + k] ?? Number.NaN);
      }
      this.#series[0].add(step, means[0], means[1]);
    }
  }

  /** The tables of a learner are its curves. */
  inspect(): void {}

  draw(theme: Theme): void {
    this.#learners.forEach(({ scene, updates }, k) => {
      this.#captions[k].textContent = `${this.#names[k]}, update ${updates.toLocaleString("en")}`;
      if (scene !== null) drawWithin(this.#pictures[k], scene);
    });
    for (const one of this.#series) one.draw(theme);
  }
}

/** The scene as large as the picture holds it, on white in either theme: scenes have colours for paper. */
function drawWithin(picture: Picture, scene: Scene): void {
  const context = picture.begin();
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, picture.width, picture.height);
  const width = Math.min(
    picture.width,
    (picture.height * (scene.high[0] - scene.low[0])) / (scene.high[1] - scene.low[1]),
  );
  drawScene(context, scene, (picture.width - width) / 2, (picture.height - sceneHeight(scene, width)) / 2, width);
}
