import { describe, expect, it } from "vitest";
import { gameTables } from "../../../gan/tables.js";
import { animationFrames } from "../../../reports/parts/game/animation.js";
import { eigenvaluePanel } from "../../../reports/parts/game/eigenvalues.js";
import { readOrbit } from "../../../reports/parts/game/orbit-plane.js";
import { stripFigure } from "../../../reports/parts/game/snapshots.js";
import { line } from "../../../reports/parts/panel.js";
import { renderAnimation } from "../../../reports/parts/render/gif.js";
import { finishedRun } from "../finished-run.js";

const figure = (end: number) => ({
  file: "animation.gif",
  title: "A path",
  caption: `To ${end}.`,
  columns: 1,
  panelWidth: 160,
  panelHeight: 140,
  panels: [
    {
      title: "",
      x: { title: "x", min: 0, max: 4 },
      y: { title: "y", min: 0, max: 4 },
      series: [
        line(
          "",
          Array.from({ length: end + 1 }, (_, i) => ({ x: i, y: i })),
          "#0072B2",
        ),
      ],
    },
  ],
});

/** How many images a GIF holds: each is preceded by its graphics control, whose block has four bytes. */
function images(gif: Uint8Array): number {
  let count = 0;
  for (let i = 0; i + 2 < gif.length; i++) if (gif[i] === 0x21 && gif[i + 1] === 0xf9 && gif[i + 2] === 4) count++;
  return count;
}

describe("an animation", () => {
  it("is a GIF of all frames that repeats, the same bytes for the same figures", () => {
    const gif = renderAnimation([figure(1), figure(2), figure(4)]);
    expect(Buffer.from(gif.subarray(0, 6)).toString()).toBe("GIF89a");
    expect(images(gif)).toBe(3);
    expect(Buffer.from(gif).includes("NETSCAPE2.0")).toBe(true);
    expect(Buffer.compare(gif, renderAnimation([figure(1), figure(2), figure(4)]))).toBe(0);
    expect(() => renderAnimation([])).toThrow("expected at least one frame");
  });

  const orbit = finishedRun({
    config: {},
    summary: { measured: { period: 20, spectralRadius: 0.99, angle: 0.3 }, predicted: {} },
    tables: {
      metrics: {
        step: Array.from({ length: 96 }, (_, i) => i + 1),
        x: Float64Array.from({ length: 96 }, (_, i) => Math.cos(0.3 * i)),
        y: Float64Array.from({ length: 96 }, (_, i) => Math.sin(0.3 * i)),
      },
      [gameTables.field.name]: { x: [0, 1, 0, 1], y: [0, 0, 1, 1], flowX: [0, 0, 1, 1], flowY: [0, 1, 0, 1] },
    },
  });

  it("of a small game draws more of the path from frame to frame, and all of it in the last", async () => {
    const frames = await animationFrames(orbit, "a game");
    const drawn = frames.map(({ panels: [{ series }] }) => {
      const path = series.find((one) => one.kind === "line" && one.label === "96 steps");
      return path?.kind === "line" ? path.points.length : Number.NaN;
    });
    expect(drawn[0]).toBe(2);
    expect(drawn.every((length, i) => i === 0 || length > drawn[i - 1])).toBe(true);
    expect(drawn.at(-1)).toBe(96);
  });

  it("of a GAN is refused where the run has no snapshots", async () => {
    const gan = finishedRun({ id: "7", config: {}, tables: { [gameTables.surface.name]: {} } });
    await expect(animationFrames(gan, "a GAN")).rejects.toThrow("run 7: snapshots: expected how many to animate");
  });

  it("reads a stored flow beside the path", async () => {
    const { field } = await readOrbit(orbit);
    expect(field[3]).toEqual({ at: { x: 1, y: 1 }, flow: { x: 1, y: 1 } });
  });
});

describe("the eigenvalues of a step", () => {
  it("are a conjugate pair around 1, and none where nothing is known", () => {
    const run = finishedRun({ config: {}, summary: { measured: { spectralRadius: 1, angle: 0.1 }, predicted: {} } });
    const measured = eigenvaluePanel(run)?.series.find(
      ({ kind, ...one }) => "label" in one && one.label === "measured",
    );
    expect(measured).toMatchObject({ points: [{ y: Math.sin(0.1) }, { y: -Math.sin(0.1) }] });
    expect(eigenvaluePanel(finishedRun({ config: {}, summary: {} }))).toBeNull();
  });
});

describe("the strip of snapshots", () => {
  it("shows at most eight, evenly spread, the last among them", () => {
    const picture = {
      samples: { x: Float64Array.of(0), y: Float64Array.of(0) },
      target: { x: Float64Array.of(0), y: Float64Array.of(0) },
      modes: { x: Float64Array.of(), y: Float64Array.of(), deviation: Float64Array.of() },
      surface: { x: [0, 1], y: [0, 1], value: [0, 0], colours: "logit" as const },
    };
    const snapshots = Array.from({ length: 48 }, (_, i) => ({ step: 10 * (i + 1), picture }));
    const titles = stripFigure(snapshots, "a GAN").panels.map(({ title }) => title);
    expect(titles).toEqual([60, 120, 180, 240, 300, 360, 420, 480].map((step) => `after ${step} steps`));
    expect(stripFigure(snapshots.slice(0, 3), "a GAN").panels).toHaveLength(3);
  });
});
