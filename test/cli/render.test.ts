import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadImage } from "@napi-rs/canvas";
import { expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();
const train = (env: string) => ["train", "--env", env, "--agent", "a2c", "--steps", "400", "--checkpoint", env];

/** Images in a GIF: each begins with a graphic control extension of four bytes. */
const framesOf = (gif: Buffer) => gif.toString("latin1").split("\x21\xf9\x04").length - 1;

it("draws an episode of a trained policy as an animation and a film strip, the same bytes each time", async () => {
  const here = folder();
  await ringdownHere(here, ...train("CartPole-v1"));
  const bytes = (place: string) => ["gif", "png"].map((end) => readFileSync(join(here, place, `episode.${end}`)));
  const { status, stdout } = await ringdownHere(here, "render", "CartPole-v1");
  expect([status, stdout]).toEqual([0, "CartPole-v1/episode.gif\nCartPole-v1/episode.png\n"]);
  const [gif, png] = bytes("CartPole-v1");
  expect(framesOf(gif)).toBeGreaterThan(5);
  expect((await loadImage(png)).width).toBe(1080);
  await ringdownHere(here, "render", "CartPole-v1", "--out", "again");
  expect(bytes("again")).toEqual([gif, png]);
  await ringdownHere(here, "render", "CartPole-v1", "--out", "other", "--sampled", "--seed", "4");
  expect(bytes("other")).not.toEqual([gif, png]);
});

it("takes evenly spaced moments of an episode that is longer than an animation", async () => {
  const here = folder();
  await ringdownHere(here, ...train("MountainCar-v0"));
  await ringdownHere(here, "render", "MountainCar-v0");
  // 200 steps without arriving.
  expect(framesOf(readFileSync(join(here, "MountainCar-v0/episode.gif")))).toBe(150);
});

it("says in one line that an environment has no picture, and which ones have", async () => {
  const here = folder();
  await ringdownHere(here, ...train("TwoStateMdp-v0"));
  const { status, stdout, stderr } = await ringdownHere(here, "render", "TwoStateMdp-v0");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^ringdown: render: TwoStateMdp-v0 has no picture; these have one: CartPole-v1, [^\n]+\n$/);
});
