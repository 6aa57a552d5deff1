import { Matrix } from "ml-matrix";
import type { Complex } from "./complex.js";
import { eigenvalues } from "./eigenvalues.js";
import { hypot } from "./elementary/roots.js";

/** A real polynomial by its coefficients, constant term first. */
export type Polynomial = readonly number[];

export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  const product = new Array<number>(p.length + q.length - 1).fill(0);
  p.forEach((a, i) => {
    q.forEach((b, j) => {
      product[i + j] += a * b;
    });
  });
  return product;
}

export function add(p: Polynomial, q: Polynomial): Polynomial {
  const [long, short] = p.length >= q.length ? [p, q] : [q, p];
  return long.map((a, i) => a + (short[i] ?? 0));
}

export function scale(p: Polynomial, factor: number): Polynomial {
  return p.map((a) => a * factor);
}

/**
 * All roots: the eigenvalues of the companion matrix, each polished by Newton's method, which brings simple roots to
 * rounding error.
 */
export function roots(polynomial: Polynomial): Complex[] {
  let degree = polynomial.length - 1;
  while (degree > 0 && polynomial[degree] === 0) degree--;
  if (degree < 1) return [];
  const companion = Matrix.zeros(degree, degree);
  for (let i = 1; i < degree; i++) companion.set(i, i - 1, 1);
  for (let i = 0; i < degree; i++) companion.set(i, degree - 1, -polynomial[i] / polynomial[degree]);
  return eigenvalues(companion).map((root) => polish(polynomial.slice(0, degree + 1), root));
}

function polish(polynomial: Polynomial, root: Complex): Complex {
  let { re, im } = root;
  for (let iteration = 0; iteration < 4; iteration++) {
    // Horner's scheme for the value p and the derivative d.
    let [pRe, pIm, dRe, dIm] = [0, 0, 0, 0];
    for (let k = polynomial.length - 1; k >= 0; k--) {
      [dRe, dIm] = [dRe * re - dIm * im + pRe, dRe * im + dIm * re + pIm];
      [pRe, pIm] = [pRe * re - pIm * im + polynomial[k], pRe * im + pIm * re];
    }
    const norm = dRe * dRe + dIm * dIm;
    const stepRe = (pRe * dRe + pIm * dIm) / norm;
    const stepIm = (pIm * dRe - pRe * dIm) / norm;
    // At a multiple root the derivative vanishes and the eigenvalue stands as it is.
    if (!(hypot(stepRe, stepIm) < 1e-3 * hypot(re, im))) break;
    re -= stepRe;
    im -= stepIm;
  }
  return { re, im };
}
