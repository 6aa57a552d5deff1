import type { Theme } from "../../reports/page/theme.js";
import { colourScales, colours } from "../../reports/parts/colours.js";
import { Picture } from "./draw/canvas.js";
import { MeanSpectrum } from "./draw/mean-spectrum.js";
import { type Square, toPicture, toPlane, tracePath } from "./draw/plane.js";
import { element } from "./element.js";
import { showMeasures } from "./measures.js";
import type { Cloud, Frame, Inspection, Setup } from "./messages.js";
import { Places } from "./places.js";
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
  readonly #spectrum = new MeanSpectrum();
  readonly #path = new Places();
  readonly #surface = document.createElement("canvas");
  readonly #realDot = dotOf(1.5, "#00000066");
  readonly #generatedDot = dotOf(2.6, colours.green, "#FFFFFF");
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
      this.#spectrum.element,
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

  inspect({ table, spectrum }: Inspection): void {
    this.#spectrum.take(spectrum ?? []);
    showMeasures(this.#table, table, ["now", "of the target"]);
  }

  draw(theme: Theme): void {
    this.#spectrum.draw(theme);
    const context = this.#plane.begin();
    const [cloud, square] = [this.#cloud, this.#square()];
    if (cloud === undefined || square === undefined) return;
    this.#drawSurface(context, cloud);
    const dots = (places: ArrayLike<number>, dot: HTMLCanvasElement) => {
      const width = dot.width / 2;
      for (let i = 0; i < places.length; i += 2) {
        const [x, y] = toPicture(square, places[i], places[i + 1]);
        context.drawImage(dot, x - width / 2, y - width / 2, width, width);
      }
    };
    dots(cloud.real, this.#realDot);
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
    dots(cloud.generated, this.#generatedDot);
    context.strokeStyle = "#000000AA";
    context.lineWidth = 1.2;
    tracePath(context, square, this.#path.all, Math.max(0, this.#path.all.length - 3000));
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
    const image = small.createImageData(side, side);
    for (let i = 0; i < logits.length; i++) {
      const place = (i % side) + side * (side - 1 - Math.floor(i / side));
      image.data.set(judgement(logits[i]), 4 * place);
    }
    small.putImageData(image, 0, 0);
    context.drawImage(this.#surface, 0, 0, this.#plane.width, this.#plane.height);
  }
}

/** The colours of logits from −8 to 8, red, green, blue and opacity: beyond, the discriminator is sure. */
const [reach, shades] = [8, 321];
const judgements = Array.from({ length: shades }, (_, i) => {
  const colour = colourScales.logit(reach * ((2 * i) / (shades - 1) - 1));
  return Uint8ClampedArray.of(...(colour.match(/\d+/g) ?? []).map(Number), 255);
});

function judgement(logit: number): Uint8ClampedArray {
  const held = Math.min(Math.max(Number.isFinite(logit) ? logit : 0, -reach), reach);
  return judgements[Math.round(((held + reach) / (2 * reach)) * (shades - 1))];
}

/** A disc to be stamped, twice as fine as the screen; drawn as a path each of a thousand would cost a frame's time. */
function dotOf(radius: number, colour: string, rim?: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(4 * (radius + 1));
  const context = canvas.getContext("2d");
  const centre = canvas.width / 2;
  const disc = (size: number, fill: string) => {
    if (context === null) return;
    context.fillStyle = fill;
    context.beginPath();
    context.arc(centre, centre, 2 * size, 0, 2 * Math.PI);
    context.fill();
  };
  if (rim !== undefined) disc(radius + 0.8, rim);
  disc(radius, colour);
  return canvas;
}
