import { tanh } from "../../src/math/elementary/hyperbolic.js";

/** Okabe and Ito's palette: told apart by readers with any colour vision, and in print. */
export const colours = {
  black: "#000000",
  blue: "#0072B2",
  orange: "#E69F00",
  green: "#009E73",
  vermillion: "#D55E00",
  purple: "#CC79A7",
  sky: "#56B4E9",
  grey: "#7F7F7F",
} as const;

/** The colours of a panel's curves, in the order in which curves take them. */
export const seriesColours: readonly string[] = [
  colours.blue,
  colours.vermillion,
  colours.green,
  colours.purple,
  colours.orange,
  colours.sky,
  colours.black,
];

/** Lengths of dashes and gaps of curves, in pixels, in the same order; from the fifth on they come again. */
export const dashes: readonly (readonly number[])[] = [[], [9, 4], [3, 3], [12, 4, 3, 4]];

/** A colour made translucent: `opacity` 0 … 1. */
export function faded(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}

/** Between two colours of hexadecimal red, green and blue: the first at 0, the second at 1. */
export function blend(from: string, to: string, position: number): string {
  const channel = (colour: string, k: number) => Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mixed = [0, 1, 2].map((k) => Math.round(channel(from, k) + position * (channel(to, k) - channel(from, k))));
  return `rgb(${mixed.join(", ")})`;
}

/** A discriminator's colours: of what it takes for real, and for generated. */
export const judged = { real: colours.orange, generated: colours.blue } as const;

/** The ends of the scale of shares. */
export const shareColours = { none: "#F4F4F4", half: "#7AB3D3", all: colours.blue } as const;

/** The colours of heat maps, by name: from a value to a colour in CSS. */
export const colourScales = {
  /** A discriminator's logit: white where it cannot tell, the stronger the surer it is. */
  logit(value: number): string {
    const certainty = tanh(Math.abs(value) / 2); // |2 sigmoid(value) − 1|
    return blend("#FFFFFF", value > 0 ? judged.real : judged.generated, 0.85 * certainty);
  },
  /** A rank between 0 and 1, the best: the better the darker. */
  rank(value: number): string {
    return blend("#FFFFFF", colours.blue, 0.1 + 0.8 * value);
  },
  /** A share from 0 to 1. */
  share(value: number): string {
    return blend(shareColours.none, shareColours.all, value);
  },
} as const;
export type ColourScale = keyof typeof colourScales;
