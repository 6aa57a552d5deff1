import FFT from "fft.js";
import { cosine } from "../math/elementary/trigonometry.js";
import { mean } from "../stats/mean.js";

/** A one-sided power spectrum of a signal with its mean removed. */
export interface Spectrum {
  /** cycles per step, 0 … ½ */
  readonly frequencies: Float64Array;
  /** Power per bin: the bins' sum is the signal's variance. */
  readonly power: Float64Array;
}

/**
 * The periodogram under a Hann window, zero-padded to a power of two and scaled so that its sum is the variance of the
 * signal (Parseval).
 */
export function periodogram(signal: ArrayLike<number>): Spectrum {
  const n = signal.length;
  const size = powerOfTwoFrom(n);
  const level = mean(signal);
  const padded = new Array<number>(size).fill(0);
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const centred = signal[i] - level;
    variance += (centred * centred) / n;
    padded[i] = centred * (0.5 - 0.5 * cosine((2 * Math.PI * (i + 0.5)) / n));
  }
  const transform = new FFT(size);
  const output = transform.createComplexArray();
  transform.realTransform(output, padded);
  const bins = size / 2 + 1;
  const frequencies = Float64Array.from({ length: bins }, (_, k) => k / size);
  const power = Float64Array.from({ length: bins }, (_, k) => {
    const sides = k === 0 || k === size / 2 ? 1 : 2;
    return sides * (output[2 * k] * output[2 * k] + output[2 * k + 1] * output[2 * k + 1]);
  });
  let total = 0;
  for (let k = 0; k < bins; k++) total += power[k];
  if (total > 0) for (let k = 0; k < bins; k++) power[k] *= variance / total;
  return { frequencies, power };
}

/**
 * The amplitude of what a path does between two frequencies, the second included: the root mean square √(Σ power) over
 * all coordinates. For a circle this is its radius, for period-2 chatter ±A it is A, for a sinusoid along one axis its
 * amplitude over √2. Zero frequency holds nothing, since the mean is removed.
 *
 * @param spectra one periodogram per coordinate
 */
export function bandAmplitude(
  spectra: readonly Spectrum[],
  band: { readonly from: number; readonly to: number },
): number {
  let sum = 0;
  for (const { frequencies, power } of spectra) {
    for (let k = 1; k < power.length; k++) {
      if (frequencies[k] >= band.from && frequencies[k] <= band.to) sum += power[k];
    }
  }
  return Math.sqrt(sum);
}

/** The sum of several coordinates' spectra of equal length. */
export function totalSpectrum(spectra: readonly Spectrum[]): Spectrum {
  const [{ frequencies }] = spectra;
  const power = Float64Array.from(frequencies, (_, k) => spectra.reduce((sum, spectrum) => sum + spectrum.power[k], 0));
  return { frequencies, power };
}

/** The frequency of the largest power above 0, its period, and the share of all power in the three bins around it. */
export function dominant({ frequencies, power }: Spectrum): { frequency: number; period: number; share: number } {
  let best = 1;
  let total = 0;
  for (let k = 1; k < power.length; k++) {
    total += power[k];
    if (power[k] > power[best]) best = k;
  }
  const around = power[best - 1] + power[best] + (power[best + 1] ?? 0);
  return { frequency: frequencies[best], period: 1 / frequencies[best], share: total > 0 ? around / total : 0 };
}

function powerOfTwoFrom(n: number): number {
  let size = 2;
  while (size < n) size *= 2;
  return size;
}
