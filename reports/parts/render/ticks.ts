import { log10 } from "../../../src/math/elementary/logarithm.js";
import type { Axis } from "../panel.js";

/** The label of a tick, as Chart.js asks for it; empty where the tick has none. */
export type TickLabel = (value: string | number, index: number, ticks: readonly { value: number }[]) => string;

/** The labels of an axis: its words where it has some, else numbers. */
export function tickLabel({ scale, labels }: Axis): TickLabel {
  if (labels !== undefined) return (value) => labels[Number(value)] ?? "";
  return scale === "logarithmic" ? logarithmicLabel : linearLabel;
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Labels at powers of ten, over less than two decades also at 2 and 5 times them, over many only at some. */
const logarithmicLabel: TickLabel = (value, _index, ticks) => {
  const number = Number(value);
  const power = Math.floor(log10(number) + 1e-9);
  const unit = Number(`1e${power}`);
  const mantissa = Math.round(number / unit);
  const decades = log10(ticks[ticks.length - 1].value / ticks[0].value);
  if (Math.abs(number / unit - mantissa) > 1e-9) return "";
  if (mantissa !== 1 && !(decades < 2 && (mantissa === 2 || mantissa === 5))) return "";
  const many = decades > 12;
  if (many && power % 4 !== 0) return "";
  if (!many && power >= -4 && power <= 5) return linearLabel(number);
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join("");
  return `${mantissa === 1 ? "" : `${mantissa}·`}10${power < 0 ? "⁻" : ""}${digits}`;
};

/** A typographic minus, thousands grouped by thin spaces, no trailing noise from binary fractions. */
function linearLabel(value: string | number): string {
  const number = Number(Number(value).toPrecision(6));
  const text =
    Math.abs(number) >= 10_000 ? String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u2009") : String(number);
  return text.replace("-", "−");
}
