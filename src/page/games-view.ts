import { shownColour, type Theme } from "../../reports/page/theme.js";
import { colours } from "../../reports/parts/colours.js";
import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { Picture } from "./draw/canvas.js";
import { drawAxes, type Square, toPicture, toPlane, traceCircle, tracePath } from "./draw/plane.js";
import { SpectrumPicture } from "./draw/spectrum.js";
import { element } from "./element.js";
import { showMeasures } from "./measures.js";
import type { Frame, Inspection, Setup } from "./messages.js";
import { Places } from "./places.js";
import type { Asking, View } from "./stage.js";

export const gamesLead = [
  "Players, most often two with a number each, descend losses that depend on all of them: the arrows are the game's own flow, the line is what the optimizers make of it. Where the flow turns, gradient descent on all at once spirals outwards, and an adaptive optimizer ends on a cycle whose size follows from its memory.",
];

/** The phase plane of a small game: path, flow, the cycle that theory expects. */
export class GamesView implements View {
  readonly element: HTMLElement;
  half = 1.5;
  readonly #plane = new Picture("The phase plane: the flow as arrows, the players' path as a line");
  readonly #spectrum = new SpectrumPicture();
  readonly #table = element("table", { class: "measures" });
  readonly #path = new Places();
  #axes: readonly string[] = ["", ""];
  #inspection: Inspection | undefined;
  readonly #caption = element("figcaption");
  #startOrder: Setup["startOrder"];
  #dragged: readonly [number, number] | undefined;

  constructor(asking: Asking) {
    const { canvas } = this.#plane;
    canvas.addEventListener("pointerdown", (event) => {
      if (this.#startOrder === undefined) return;
      canvas.setPointerCapture(event.pointerId);
      this.#drag(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.#dragged !== undefined) this.#drag(event);
    });
    canvas.addEventListener("pointerup", () => {
      const start = this.#dragged;
      this.#dragged = undefined;
      if (start === undefined || this.#startOrder === undefined) return;
      asking.assign("game.start", `[${this.#startOrder.map((axis) => Number(start[axis].toPrecision(3)))}]`);
    });
    this.element = element(
      "div",
      { class: "view plane" },
      element("figure", { class: "main" }, canvas, this.#caption),
      element(
        "figure",
        { class: "small" },
        this.#spectrum.canvas,
        element("figcaption", {}, "A step's factor on the amplitude: ring predicted, disc measured."),
      ),
      this.#table,
    );
  }

  begin({ axes, startOrder }: Setup): void {
    this.#axes = axes;
    this.#startOrder = startOrder;
    this.#caption.textContent = `Square: the start${startOrder === undefined ? "" : " (drag it)"}. Disc: now. Dashed: the amplitude or the cycle that the closed form expects, where there is one.`;
    this.#path.clear();
    this.#inspection = undefined;
    this.half = 0.5;
  }

  take({ path }: Frame): void {
    if (path === undefined) return;
    this.#path.add(path);
    // In large strides, so that the plane does not breathe.
    while (this.#path.reach > 0.9 * this.half && this.half < 1e6) this.half *= 1.5;
  }

  inspect(inspection: Inspection): void {
    this.#inspection = inspection;
    showMeasures(this.#table, inspection.table, ["measured", "predicted"]);
  }

  draw(theme: Theme): void {
    const context = this.#plane.begin();
    const square: Square = { centre: [0, 0], half: this.half, side: this.#plane.width };
    drawAxes(context, square, this.#axes, theme);
    this.#drawFlow(context, square, theme);
    const places = this.#path.all;
    context.strokeStyle = shownColour(colours.blue, theme);
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    tracePath(context, square, places);
    this.#drawPrediction(context, square);
    if (places.length >= 2) {
      const start = this.#dragged ?? [places[0], places[1]];
      context.fillStyle = shownColour(colours.black, theme);
      const [x, y] = toPicture(square, start[0], start[1]);
      context.fillRect(x - 5, y - 5, 10, 10);
      context.beginPath();
      context.arc(...toPicture(square, places[places.length - 2], places[places.length - 1]), 6, 0, 2 * Math.PI);
      context.fill();
    }
    this.#spectrum.show(theme, this.#factor("predicted"), this.#factor("measured"));
  }

  #drawFlow(context: CanvasRenderingContext2D, square: Square, theme: Theme): void {
    const flow = this.#inspection?.field;
    if (flow === undefined) return;
    let longest = 0;
    for (let i = 0; i < flow.length; i += 4) longest = Math.max(longest, distance(flow[i + 2], flow[i + 3]));
    if (longest === 0) return;
    context.strokeStyle = theme === "dark" ? "#5B6570" : "#B4BBC3";
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 0; i < flow.length; i += 4) {
      const [x, y] = toPicture(square, flow[i], flow[i + 1]);
      const [dx, dy] = [(square.side / 17) * (flow[i + 2] / longest), (-square.side / 17) * (flow[i + 3] / longest)];
      context.moveTo(x - dx / 2, y - dy / 2);
      context.lineTo(x + dx / 2, y + dy / 2);
      context.moveTo(x + 0.2 * dx + 0.15 * dy, y + 0.2 * dy - 0.15 * dx);
      context.lineTo(x + dx / 2, y + dy / 2);
      context.lineTo(x + 0.2 * dx - 0.15 * dy, y + 0.2 * dy + 0.15 * dx);
    }
    context.stroke();
  }

  #drawPrediction(context: CanvasRenderingContext2D, square: Square): void {
    const places = this.#path.all;
    const radius = this.#value("radius", "predicted");
    const factor = this.#value("spectralRadius", "predicted");
    context.strokeStyle = colours.vermillion;
    context.lineWidth = 2;
    context.setLineDash([6, 5]);
    if (radius !== null) traceCircle(context, square, radius);
    else if (factor !== null && places.length >= 2) {
      const start = distance(places[0], places[1]);
      traceCircle(context, square, Math.min(start * exp((this.#inspection?.step ?? 0) * log(factor)), 4 * square.half));
    }
    context.setLineDash([]);
  }

  #factor(column: "measured" | "predicted") {
    const [modulus, angle] = [this.#value("spectralRadius", column), this.#value("angle", column)];
    return modulus === null || angle === null ? undefined : { modulus, angle };
  }

  #value(key: string, column: "measured" | "predicted"): number | null {
    return this.#inspection?.table.find((row) => row.key === key)?.[column] ?? null;
  }

  #drag({ offsetX, offsetY }: PointerEvent): void {
    this.#dragged = toPlane({ centre: [0, 0], half: this.half, side: this.#plane.width }, offsetX, offsetY);
  }
}

const distance = (x: number, y: number) => Math.sqrt(x * x + y * y);
