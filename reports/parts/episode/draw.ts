import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Scene } from "../../../envs/pictures/scene.js";
import { encodeAnimation } from "../render/gif.js";
import { drawScene, sceneHeight } from "../render/scene.js";
import { fontOf, registerFonts, wrap } from "../render/words.js";
import { number } from "../text.js";

/** An episode to be drawn: scenes of one size, before the first step and after each. */
export interface DrawnEpisode {
  /** Who plays what: the environment and the agent. */
  readonly players: string;
  /** How it was played. */
  readonly caption: string;
  readonly moments: readonly { readonly scene: Scene; readonly return: number }[];
}

const margin = 16;
const [titleSize, textSize] = [18, 13];
const lineHeight = (size: number) => Math.round(1.35 * size);

/** Frames of an animation at most, and of a film strip. */
const [mostFrames, mostPictures] = [150, 12];
const [frameDelay, lastDelay] = [50, 1500];

/** The episode as an animated GIF: every step of a short one, evenly spaced ones of a long one, and the last. */
export function animateEpisode({ players, moments }: DrawnEpisode): Uint8Array {
  registerFonts();
  const width = 480;
  const inner = width - 2 * margin;
  const heading = wrap(titleOf(players, moments), inner, textSize, "bold");
  const top = margin + (heading.length + 1) * lineHeight(textSize) + 4;
  const height = top + sceneHeight(moments[0].scene, inner) + margin;
  const frames = evenlySpaced(moments.length, mostFrames).map((step) => {
    const [canvas, context] = blankSheet(width, height);
    write(context, heading, margin, textSize, "bold");
    write(context, [momentOf(moments, step)], margin + heading.length * lineHeight(textSize), textSize);
    drawScene(context, moments[step].scene, margin, top, inner);
    return canvas;
  });
  return encodeAnimation(frames, { frameDelay, lastDelay });
}

/** Evenly spaced moments of the episode side by side, the first and the last among them, as PNG bytes. */
export function filmStrip({ players, caption, moments }: DrawnEpisode): Buffer {
  registerFonts();
  const [columns, gap] = [4, 14];
  const chosen = evenlySpaced(moments.length, mostPictures);
  const width = 1080;
  const inner = width - 2 * margin;
  const cell = (inner - (columns - 1) * gap) / columns;
  const cellHeight = sceneHeight(moments[0].scene, cell) + lineHeight(textSize) + gap;
  const heading = wrap(titleOf(players, moments), inner, titleSize, "bold");
  const words = wrap(caption, inner, textSize);
  const captionTop = margin + heading.length * lineHeight(titleSize) + 2;
  const top = captionTop + words.length * lineHeight(textSize) + 10;
  const [canvas, context] = blankSheet(width, top + Math.ceil(chosen.length / columns) * cellHeight);
  write(context, heading, margin, titleSize, "bold");
  write(context, words, captionTop, textSize);
  chosen.forEach((step, i) => {
    const x = margin + (i % columns) * (cell + gap);
    const y = top + Math.floor(i / columns) * cellHeight;
    context.fillText(momentOf(moments, step), x, y);
    drawScene(context, moments[step].scene, x, y + lineHeight(textSize), cell);
    context.strokeStyle = "#DDD";
    context.lineWidth = 1;
    context.strokeRect(x, y + lineHeight(textSize), cell, sceneHeight(moments[step].scene, cell));
  });
  return canvas.toBuffer("image/png");
}

function titleOf(players: string, moments: DrawnEpisode["moments"]): string {
  const steps = moments.length - 1;
  return `${players}: return ${number(moments[steps].return)} in ${number(steps)} steps`;
}

const momentOf = (moments: DrawnEpisode["moments"], step: number) =>
  `step ${number(step)} of ${number(moments.length - 1)}, return ${number(moments[step].return)}`;

function blankSheet(width: number, height: number): [Canvas, SKRSContext2D] {
  const canvas = createCanvas(width, Math.ceil(height));
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  return [canvas, context];
}

function write(context: SKRSContext2D, lines: readonly string[], top: number, size: number, weight?: string): void {
  context.textBaseline = "top";
  context.fillStyle = "#111";
  context.font = fontOf(size, weight);
  lines.forEach((line, i) => {
    context.fillText(line, margin, top + i * lineHeight(size));
  });
}

/** At most so many of the numbers 0 … count − 1, the first and the last among them. */
function evenlySpaced(count: number, most: number): number[] {
  const chosen = Math.min(count, most);
  if (chosen === 1) return [0];
  return Array.from({ length: chosen }, (_, i) => Math.round((i * (count - 1)) / (chosen - 1)));
}
