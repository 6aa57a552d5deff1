import { describe, expect, it } from "vitest";
import { slowRotation } from "../../src/dynamics/slow-rotation.js";
import { Streams } from "../../src/rng/streams.js";

const steps = 2000;
const path = (at: (t: number) => number) => Float64Array.from({ length: steps }, (_, t) => at(t));
const angle = (t: number) => (2 * Math.PI * 4 * t) / steps;

describe("the slow rotation of a path", () => {
  it("counts the turns of a circle, with their sign, whatever drifts and chatters along", () => {
    const x = path((t) => 2 * Math.cos(angle(t)) + 0.01 * t + (t % 2));
    const y = path((t) => 2 * Math.sin(angle(t)) - (t % 2));
    const { turns, coherence, amplitude, drift } = slowRotation(x, y);
    expect(turns).toBeCloseTo(4, 0);
    expect(slowRotation(y, x).turns).toBeCloseTo(-turns, 12);
    expect(coherence).toBeGreaterThan(0.95);
    expect(amplitude).toBeCloseTo(2, 0);
    expect(drift).toBeGreaterThan(15);
  });

  it("is not coherent where a mean only trembles, or swings to and fro", () => {
    const stream = new Streams(3).get("evaluation");
    const noise = slowRotation(
      path(() => stream.normal()),
      path(() => stream.normal()),
    );
    expect(noise.coherence).toBeLessThan(0.5);
    const swing = slowRotation(
      path((t) => Math.cos(angle(t))),
      path((t) => 0.5 * Math.cos(angle(t)) + 0.01 * Math.sin(2 * angle(t))),
    );
    expect(Math.abs(swing.turns)).toBeLessThan(1);
  });

  it("has neither turns nor drift where nothing moves, and is unknown where there are too few steps", () => {
    const still = slowRotation(new Float64Array(steps), new Float64Array(steps));
    expect(still).toMatchObject({ turns: 0, coherence: 0, amplitude: 0, drift: 0 });
    expect(slowRotation(new Float64Array(150), new Float64Array(150)).turns).toBeNaN();
  });
});
