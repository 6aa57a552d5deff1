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
  await ringdownHere(here, ...train("MountainCar-v0"));
  const files = ["episode.gif", "episode.png"];
  const bytes = (place: string) => files.map((file) => readFileSync(join(here, place, file)));
  const { status, stdout } = await ringdownHere(here, "render", "MountainCar-v0");
  expect([status, stdout]).toEqual([0, "MountainCar-v0/episode.gif\nMountainCar-v0/episode.png\n"]);
  const [gif, png] = bytes("MountainCar-v0");
  // 200 steps without arriving: more than an animation has frames.
  expect(framesOf(gif)).toBe(150);
  expect((await loadImage(png)).width).toBe(1080);
  await ringdownHere(here, "render", "MountainCar-v0", "--out", "again");
  expect(bytes("again")).toEqual([gif, png]);
  await ringdownHere(here, "render", "MountainCar-v0", "--out", "other", "--sampled", "--seed", "4");
  expect(bytes("other")).not.toEqual([gif, png]);
});

it("says in one line that an environment has no picture, and which ones have", async () => {
  const here = folder();
  await ringdownHere(here, ...train("TwoStateMdp-v0"));
  const { status, stdout, stderr } = await ringdownHere(here, "render", "TwoStateMdp-v0");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^ringdown: render: TwoStateMdp-v0 has no picture; these have one: CartPole-v1, [^\n]+\n$/);
});
