import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parsePoints, points } from "../../../gan/targets/points.js";
import { gameTask } from "../../../gan/task.js";
import { RandomStream } from "../../../src/rng/random-stream.js";
import { loadStudy } from "../../../src/study/load.js";
import { ringdown, ringdownHere } from "../../cli/run-cli.js";
import { planWithoutTuning } from "../../study/plan-without-tuning.js";
import { temporaryFolders } from "../../study/temporary-folder.js";

const folder = temporaryFolders();

describe("a CSV file of points", () => {
  it.each([
    ["1,2\n3,4\n", [1, 2, 3, 4]],
    ["x,y\n1,2\n", [1, 2]],
    ['"x (m)","y"\r\n 1.5 , -2e3 \r\n\r\n', [1.5, -2000]],
    ["\uFEFF1,2", [1, 2]],
  ])("is read: %j", (text, expected) => {
    expect([...parsePoints(text, "file")]).toEqual(expected);
  });

  it.each([
    ["", "file: expected at least one point, found none"],
    ["\n \n", "file: expected at least one point, found none"],
    ["x,y\n", "file: expected at least one point, found none"],
    ["1\n2\n", "file: line 1: expected two columns, x,y, found one"],
    ["1;2\n", "file: line 1: expected two columns, x,y, found one"],
    ["1,2\n3,4,5\n", "file: line 2: expected two columns, x,y, found 3"],
    ["x,y\n1,2\n\n3,NaN\n", 'file: line 4: expected a finite number, found "NaN"'],
    ["nan,nan\n1,2\n", 'file: line 1: expected a finite number, found "nan"'],
    ["1,2\nx,y\n", 'file: line 2: expected a finite number, found "x"'],
    ["1,two\n", 'file: line 1: expected a finite number, found "two"'],
    ["1,\n", 'file: line 1: expected a finite number, found ""'],
    ["1,Infinity\n", 'file: line 1: expected a finite number, found "Infinity"'],
    ["1,1e39\n", 'file: line 1: expected a finite number, found "1e39"'],
  ])("is refused: %j", (text, message) => {
    expect(() => parsePoints(text, "file")).toThrow(message);
  });

  it("is drawn from with equal chances", () => {
    const here = folder();
    writeFileSync(join(here, "four.csv"), "0,1\n1,2\n2,3\n3,4\n");
    const rows = 4000;
    const out = new Float32Array(2 * rows);
    points({ name: "points", file: "four.csv" }, here).sample(new RandomStream(1, "data"), out, rows);
    const counts = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) {
      expect(out[2 * row + 1]).toBe(out[2 * row] + 1);
      counts[out[2 * row]]++;
    }
    // Five standard deviations of a binomial.
    for (const count of counts) expect(Math.abs(count - rows / 4)).toBeLessThan(137);
  });
});

const study = (game: string) => `
name: mine
experiments:
  first:
    task: game
    config:
      game: { name: points, ${game} }
      optimizer: { name: adam }
      network: { hidden: [8] }
      batch: 16
      steps: 5
    seeds: [1]
`;

describe("a study of points", () => {
  const plan = (file: string) => planWithoutTuning(loadStudy(file), [gameTask], "wasm").experiments[0].runs[0];

  it("is another run when the points change, and the same wherever the study lies", () => {
    const [here, there] = [folder(), folder()];
    const ids = [
      [here, "1,2\n3,4\n"],
      [there, "1,2\n3,4\n"],
      [here, "1,2\n3,5\n"],
    ].map(([where, text]) => {
      writeFileSync(join(where, "points.csv"), text);
      writeFileSync(join(where, "mine.yaml"), study("file: points.csv"));
      return plan(join(where, "mine.yaml")).id;
    });
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it("holds the digest of the file, and refuses another file than a written digest says", () => {
    const here = folder();
    const mine = join(here, "mine.yaml");
    writeFileSync(join(here, "points.csv"), "1,2\n");
    writeFileSync(mine, study("file: points.csv"));
    const { sha256 } = (plan(mine).config as { game: { sha256: string } }).game;
    // printf '1,2\n' | sha256sum
    expect(sha256).toBe("52186c933993da4082b3cdc7c40bb4bf735b391ff54a2ef78c037dda6c38a680");
    writeFileSync(mine, study(`file: points.csv, sha256: ${sha256}`));
    plan(mine);
    writeFileSync(join(here, "points.csv"), "1,3\n");
    expect(() => plan(mine)).toThrow(
      `${mine}: experiments.first.config.game.file: points.csv: expected the file whose sha256 is ${sha256}, found`,
    );
  });

  it("runs from another folder than the study's, with its points", async () => {
    const here = folder();
    mkdirSync(join(here, "inner"));
    writeFileSync(join(here, "inner", "points.csv"), "1,2\n3,4\n");
    writeFileSync(join(here, "inner", "mine.yaml"), study("file: points.csv"));
    expect(ringdown(here, "run", "inner/mine.yaml", "--jobs", "1")).toMatchObject({ status: 0 });
    writeFileSync(join(here, "inner", "points.csv"), "1,2\n3;4\n");
    const refused = await ringdownHere(here, "run", "inner/mine.yaml");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toBe(
      "ringdown: inner/mine.yaml: experiments.first.config.game.file: points.csv: line 2: expected two columns, x,y, found one\n",
    );
  });

  it("is drawn like any other, with the distance from the data where modes would be", async () => {
    const here = folder();
    writeFileSync(join(here, "points.csv"), "1,2\n3,4\n0,0\n1,1\n");
    const options = ["--optimizer", "adam", "--set", "game.file=points.csv", "--set", "network.hidden=[8]"];
    const told = await ringdownHere(here, "play", "points", ...options, "--steps", "20", "--out", "kept");
    expect(told.status).toBe(0);
    const [id] = readdirSync(join(here, "kept"));
    for (const file of ["samples.png", "course.png"]) {
      expect(told.stderr).toContain(`drawn in kept/${id}/${file}\n`);
      expect(existsSync(join(here, "kept", id, file))).toBe(true);
    }
    const run = JSON.parse(readFileSync(join(here, "kept", id, "run.json"), "utf8"));
    expect(run.config.game).toMatchObject({ file: "points.csv", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(run.summary.measured).toMatchObject({ modes: null, slicedWasserstein: expect.any(Number) });
  });

  it("of a single place gives null where there is no scale", async () => {
    const here = folder();
    writeFileSync(join(here, "one.csv"), "1,2\n");
    const options = ["--optimizer", "adam", "--set", "game.file=one.csv", "--set", "network.hidden=[8]"];
    const { status, stdout } = await ringdownHere(here, "play", "points", ...options, "--steps", "3", "--json");
    const { measured } = JSON.parse(stdout.trimEnd().split("\n").at(-1) as string);
    expect([status, measured.squaredMmd]).toEqual([0, null]);
    expect(measured.slicedWasserstein).toBeGreaterThan(0);
  });

  it("is refused at the edge where there is no such file, for single runs too", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("file: none.csv"));
    const run = await ringdownHere(here, "run", "mine.yaml");
    expect([run.status, run.stderr]).toEqual([
      2,
      expect.stringContaining("game.file: none.csv: there is no such file"),
    ]);
    const play = await ringdownHere(here, "play", "points", "--set", "game.file=none.csv");
    expect([play.status, play.stderr]).toEqual([2, expect.stringMatching(/^ringdown: play: game\.file: none\.csv: /)]);
    const without = await ringdownHere(here, "play", "points");
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining("game.file: missing; expected a")]);
  });
});
