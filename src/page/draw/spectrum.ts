import { inks, shownColour, type Theme } from "../../../reports/page/theme.js";
import { colours } from "../../../reports/parts/colours.js";
import { cosine, sine } from "../../math/elementary/trigonometry.js";
import { Picture } from "./canvas.js";
import { traceCircle } from "./plane.js";

/** A factor per step in polar form. */
export interface Factor {
  readonly modulus: number;
  readonly angle: number;
}

/** The unit circle of the complex plane with a step's leading eigenvalue: outside it grows, inside it dies away. */
export class SpectrumPicture extends Picture {
  constructor() {
    super("The leading eigenvalue of a step in the complex plane: predicted a ring, measured a disc");
  }

  show(theme: Theme, predicted: Factor | undefined, measured: Factor | undefined): void {
    const context = this.begin();
    const square = { centre: [0, 0] as const, half: 1.35, side: this.width };
    context.strokeStyle = inks[theme].border;
    traceCircle(context, square, 1);
    context.fillStyle = inks[theme].words;
    context.font = "12px system-ui, sans-serif";
    context.fillText("|λ| = 1", 6, 16);
    const place = ({ modulus, angle }: Factor, sign: number): [number, number] => [
      (this.width * (modulus * cosine(angle) + 1.35)) / 2.7,
      (this.width * (1.35 - sign * modulus * sine(angle))) / 2.7,
    ];
    for (const sign of [1, -1]) {
      if (measured !== undefined) {
        context.fillStyle = shownColour(colours.blue, theme);
        context.beginPath();
        context.arc(...place(measured, sign), 4, 0, 2 * Math.PI);
        context.fill();
      }
      if (predicted !== undefined) {
        context.strokeStyle = colours.vermillion;
        context.lineWidth = 2;
        context.beginPath();
        context.arc(...place(predicted, sign), 7, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }
}
