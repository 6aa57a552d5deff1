import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { bilinear, checkGame, type Game, type UserGame } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { check } from "../../../src/config/check.js";
import { resolveConfig } from "../../../src/study/grid.js";
import { record } from "../../record.js";

const module = relative(process.cwd(), join(import.meta.dirname, "fixtures", "saddle.mjs"));
const sgd = { name: "sgd", lr: 0.05 };
const run = (game: object, more: object = {}, seed = 1) =>
  record(gameTask, { game: { name: "custom", ...game }, optimizer: sgd, steps: 50, ...more }, seed);

describe("a game of the user's own", () => {
  it("comes from a module with its options, plays afresh every run, with closed forms beside measurements", async () => {
    const [one, again, other] = [
      await run({ module, options: { k: 2 } }),
      await run({ module, options: { k: 2 } }),
      await run({ module, options: { k: 0 } }),
    ];
    expect(again.result).toEqual(one.result);
    expect(other.tables.metrics.x).not.toEqual(one.tables.metrics.x);
    expect(one.tables.metrics.x[0]).toBeCloseTo(0.5 - 0.05 * (0.5 + 2 * 0.125), 14);
    const { predicted, measured } = one.result.summary as Record<string, Record<string, number>>;
    expect([Math.abs(predicted.flowReal), predicted.flowImaginary]).toEqual([0, 1]);
    expect(predicted.spectralRadius).toBeCloseTo(1, 12);
    expect(measured.distance).toBeLessThan(0.5);
  });

  it("comes from a named export, may be a class, and draws from the run's streams", async () => {
    const game = { module, export: "drawn" };
    const [a, b, c] = [await run(game, {}, 1), await run(game, {}, 1), await run(game, {}, 2)];
    expect(a.tables).toEqual(b.tables);
    expect(a.tables.metrics.left).not.toEqual(c.tables.metrics.left);
    const { measured, predicted } = a.result.summary as Record<string, Record<string, number | null>>;
    expect([measured.distance, predicted.spectralRadius]).toEqual([null, null]);
    expect(measured.radius).toEqual(expect.any(Number));
    // Without an equilibrium the orbit is measured around the mean of its last half.
    expect(a.result.summary.centreIs).toBe("mean of the last half");
    const late = a.tables.metrics.left.slice(25);
    expect((a.result.summary.centre as number[])[0]).toBeCloseTo(late.reduce((sum, value) => sum + value) / 25, 12);
    expect(measured.radius).toBeLessThan(1);
  });

  it("may be a function in code, with an optimizer for each of its players, noise and consensus", async () => {
    const create: UserGame = (options) => bilinear({ name: "bilinear", coupling: options.coupling as number });
    const more = { optimizers: { y: { name: "sgd", lr: 0 } }, gradientNoise: 0.1, consensus: 0.2 };
    const { tables } = await run({ create, options: { coupling: 3 } }, more);
    expect(new Set(tables.metrics.y).size).toBe(1);
    expect(tables.metrics.xGradientNorm[0]).not.toBe(tables.metrics.xGradientNorm[1]);
  });

  it("passes the check that one's own tests can use", async () => {
    // @ts-expect-error: a plain JavaScript module, as a user has it
    const { default: saddle } = (await import("./fixtures/saddle.mjs")) as { default: UserGame };
    expect(() => checkGame(saddle({ k: 1.5, start: 0.4 }, undefined as never))).not.toThrow();
  });

  it("enters a run's identity by its text", () => {
    const folder = mkdtempSync(join(tmpdir(), "ringdown-"));
    try {
      const file = join(folder, "mine.mjs");
      const resolved = (text: string, change = {}) => {
        writeFileSync(file, text);
        const config = { game: { name: "custom", module: file, ...change }, optimizer: sgd };
        const { game } = resolveConfig(gameTask, check(gameTask.schema, config, "test"), "");
        return game as { sha256: string };
      };
      const [one, two] = [resolved("export default 1;"), resolved("export default 2;")];
      expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(two.sha256).not.toBe(one.sha256);
      expect(() => resolved("export default 2;", { sha256: one.sha256 })).toThrow(
        /game\.sha256: .*mine\.mjs has changed/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const made = (change: object) => ({ create: () => ({ ...bilinear({ name: "bilinear" }), ...change }) as Game });
  it.each([
    [{}, {}, "game: expected either module or create"],
    [{ module: "nowhere.mjs" }, {}, "game.module: nowhere.mjs: there is no such file"],
    [{ module, export: "sadle" }, {}, 'game.export: test/gan/games/fixtures/saddle.mjs exports no "sadle"'],
    [{ module, export: "object" }, {}, "saddle.mjs: expected a function (options, streams) → game"],
    [{ module, export: "number" }, {}, "saddle.mjs: expected a game: an object with name, players, observables"],
    [{ module, export: "lossless" }, {}, "expected gradient(0) to return the loss, found undefined"],
    [{ module, optoins: {} }, {}, 'game: unknown key "optoins"; did you mean "options"?'],
    [{ module: "README.md" }, {}, "game.module: README.md cannot be loaded"],
    [{ create: 3 }, {}, "game.create: expected a function (options, streams) → game"],
    [made({ observables: ["x"] }), {}, "game.create: observables: expected at least two names"],
    [made({ equilibria: [[0]] }), {}, "game.create: equilibria.0: expected 2 finite numbers, found [0]"],
    [{ module }, { optimizers: { z: sgd } }, "optimizers.z: no player of saddle; valid: x, y"],
    [{ module, export: "drawn" }, { consensus: 1 }, "consensus: the drawn game provides no Jacobian"],
    [{ module }, { batch: 8 }, "batch: the custom game has no networks"],
  ])("is refused when it is %j with %j", async (game, more, message) => {
    await expect(run(game, more)).rejects.toThrow(message);
  });
});
