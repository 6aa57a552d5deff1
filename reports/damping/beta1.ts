import type { Axis } from "../parts/panel.js";
import { number } from "../parts/text.js";

/** The axis of Adam's momentum coefficient. */
export const beta1Axis: Axis = { title: "momentum coefficient β₁ of Adam", min: -0.6, max: 1, stepSize: 0.2 };

/** How an amplitude changes: `the chatter shrinks to 1/18`, `the slow cycle grows 4.4-fold`. */
export function change(name: string, from: number, to: number): string {
  return to < from ? `${name} shrinks to 1/${number(from / to, 2)}` : `${name} grows ${number(to / from, 2)}-fold`;
}
