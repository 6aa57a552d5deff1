import { cosine, sine } from "../../../src/math/elementary/trigonometry.js";
import type { Run } from "../../../src/study/read.js";
import { colours } from "../colours.js";
import { line, marks, type Panel, type Point } from "../panel.js";
import { roundUp } from "../plane.js";
import { summaryNumber } from "../select.js";
import { number } from "../text.js";

/**
 * The leading pair of eigenvalues of one step, ρ e^(±iθ), measured and in closed form, around 1, where small steps leave
 * them; null where neither is known.
 */
export function eigenvaluePanel(run: Run): Panel | null {
  const [measured, predicted] = ["measured", "predicted"].map((which) => pairOf(run, which));
  const seen = [...measured, ...predicted];
  if (seen.length === 0) return null;
  const extent = roundUp(1.2 * Math.max(1e-6, ...seen.map(({ x, y }) => Math.max(Math.abs(x - 1), Math.abs(y)))));
  return {
    title: `Eigenvalues of a step: modulus ${number(summaryNumber(run, "measured.spectralRadius"), 6)}`,
    x: { title: "real part", min: 1 - extent, max: 1 + extent, stepSize: extent / 2 },
    y: { title: "imaginary part", min: -extent, max: extent, stepSize: extent / 2 },
    series: [
      line("modulus 1", arcAround(extent), colours.grey, { width: 1.5 }),
      marks("closed form", predicted, colours.black, { radius: 9, shape: "ring" }),
      marks("measured", measured, colours.vermillion, { radius: 4 }),
    ],
  };
}

/** The part of the unit circle that lies about so near to 1. */
function arcAround(distance: number): Point[] {
  const half = Math.min(Math.PI, 2 * distance);
  return Array.from({ length: 201 }, (_, i) => {
    const angle = half * (i / 100 - 1);
    return { x: cosine(angle), y: sine(angle) };
  });
}

function pairOf(run: Run, which: string): Point[] {
  const [rho, theta] = ["spectralRadius", "angle"].map((field) => summaryNumber(run, `${which}.${field}`));
  if (!Number.isFinite(rho + theta)) return [];
  return [theta, -theta].map((angle) => ({ x: rho * cosine(angle), y: rho * sine(angle) }));
}

/** The eigenvalues of a game's Jacobian at the end of a run that asked for them; null where there are none. */
export function spectrumOfJacobianPanel(run: Run): Panel | null {
  const { spectrum } = (run.summary.measured ?? {}) as { readonly spectrum?: Readonly<Record<string, unknown>> };
  const numbers = (list: unknown) => (Array.isArray(list) ? list.filter((value) => typeof value === "number") : []);
  const [real, imaginary] = [numbers(spectrum?.real), numbers(spectrum?.imaginary)];
  if (real.length === 0) return null;
  const height = Math.max(...imaginary.map(Math.abs), ...real.map(Math.abs));
  return {
    title: "Eigenvalues of the game's Jacobian at the end",
    x: { title: "real part: above 0 it attracts" },
    y: { title: "imaginary part: it turns" },
    series: [
      line(
        "",
        [-height, height].map((y) => ({ x: 0, y })),
        colours.grey,
        { dash: [4, 5] },
      ),
      marks(
        "outermost",
        real.map((x, i) => ({ x, y: imaginary[i] })),
        colours.vermillion,
        { radius: 5 },
      ),
    ],
  };
}
