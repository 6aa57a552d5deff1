import type { Theme } from "../../reports/page/theme.js";
import { colourScales, colours } from "../../reports/parts/colours.js";
import { Picture } from "./draw/canvas.js";
import { type Square, toPicture, toPlane, tracePath } from "./draw/plane.js";
import { element } from "./element.js";
import { showMeasures } from "./measures.js";
import type { Cloud, Frame, Inspection, Setup } from "./messages.js";
import { GrowingPath } from "./path.js";
import type { Asking, View } from "./stage.js";

export const ganLead = [
  "A generator learns to put its points (discs) where the data (small dots) are; a discriminator learns to tell them apart: orange where it takes points for real, blue for generated. Each moves the ground under the other, so the generated points, and their mean (line), can go round instead of settling.",
];

/** Points of the visitor's that are kept: an address holds no more. */
const most = 300;

/** The plane of a 2D GAN: data, generated points, the discriminator's judgement. */
export class GanView implements View {
  readonly element: HTMLElement;
  readonly half = 1;
  readonly #plane = new Picture(
    "The plane: the discriminator's judgement as colour, data as dots, generated points as discs",
  );
  readonly #table = element("table", { class: "measures" });
  readonly #path = new GrowingPath();
  readonly #surface = document.createElement("canvas");
  readonly #tools: HTMLElement;
  #cloud: Cloud | undefined;
  #drawn: string[] = [];
  #draws = false;

  constructor(asking: Asking) {
    const { canvas } = this.#plane;
    const place = ({ offsetX, offsetY }: PointerEvent) => {
      const square = this.#square();
      if (square === undefined || !this.#draws) return;
      this.#drawn.push(
        toPlane(square, offsetX, offsetY)
          .map((value) => value.toFixed(2))
          .join(","),
      );
    };
    let down = false;
    canvas.addEventListener("pointerdown", (event) => {
      down = this.#draws;
      if (down) canvas.setPointerCapture(event.pointerId);
      place(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (down) place(event);
    });
    canvas.addEventListener("pointerup", () => {
      if (down) asking.setPoints([...asking.points(), ...this.#drawn].slice(-most).join(";"));
      this.#drawn = [];
      down = false;
    });
    const clear = element("button", { type: "button", click: () => asking.setPoints("") }, "Begin the points anew");
    this.#tools = element("p", { hidden: true }, "Draw on the plane: the generator learns your points. ", clear);
    this.element = element(
      "div",
      { class: "view" },
      element(
        "figure",
        { class: "main" },
        canvas,
        element(
          "figcaption",
          {},
          "Orange: taken for real. Blue: taken for generated. Crosses: the modes. Line: the mean of 64 fixed generated points.",
        ),
      ),
      this.#tools,
      this.#table,
    );
  }

  begin(setup: Setup): void {
    this.#path.clear();
    const target = setup.groups.flatMap(({ controls }) => controls).find(({ path }) => path === "game.name");
    this.#draws = target?.value === "points";
    this.#tools.hidden = !this.#draws;
  }

  take({ path, cloud }: Frame): void {
    if (path !== undefined) this.#path.add(path);
    if (cloud !== undefined) this.#cloud = cloud;
  }

  inspect({ table }: Inspection): void {
    showMeasures(this.#table, table, ["now", "of the target"]);
  }

  draw(_theme: Theme): void {
    const context = this.#plane.begin();
    const [cloud, square] = [this.#cloud, this.#square()];
    if (cloud === undefined || square === undefined) return;
    this.#drawSurface(context, cloud);
    const dots = (places: ArrayLike<number>, colour: string, radius: number) => {
      context.fillStyle = colour;
      context.beginPath();
      for (let i = 0; i < places.length; i += 2) {
        const [x, y] = toPicture(square, places[i], places[i + 1]);
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
      context.fill();
    };
    dots(cloud.real, "#00000066", 1.5);
    context.strokeStyle = "#000000";
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [x, y] of cloud.modes.map((mode) => toPicture(square, mode[0], mode[1]))) {
      context.moveTo(x - 6, y);
      context.lineTo(x + 6, y);
      context.moveTo(x, y - 6);
      context.lineTo(x, y + 6);
    }
    context.stroke();
    dots(cloud.generated, "#FFFFFF", 3.4);
    dots(cloud.generated, colours.green, 2.6);
    context.strokeStyle = "#000000AA";
    context.lineWidth = 1.2;
    tracePath(context, square, this.#path.places, Math.max(0, this.#path.places.length - 8000));
  }

  #square(): Square | undefined {
    if (this.#cloud === undefined) return undefined;
    const { low, high } = this.#cloud;
    const centre = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2] as const;
    return { centre, half: (high[0] - low[0]) / 2, side: this.#plane.width };
  }

  #drawSurface(context: CanvasRenderingContext2D, { logits }: Cloud): void {
    const side = Math.round(Math.sqrt(logits.length));
    if (this.#surface.width !== side) this.#surface.width = this.#surface.height = side;
    const small = this.#surface.getContext("2d");
    if (small === null) return;
    for (let i = 0; i < logits.length; i++) {
      small.fillStyle = colourScales.logit(logits[i]);
      small.fillRect(i % side, side - 1 - Math.floor(i / side), 1, 1);
    }
    context.imageSmoothingEnabled = true;
    context.drawImage(this.#surface, 0, 0, this.#plane.width, this.#plane.height);
  }
}
