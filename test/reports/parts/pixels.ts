import { createCanvas, loadImage } from "@napi-rs/canvas";

type Match = (red: number, green: number, blue: number) => boolean;

/** A PNG's pixels, to be counted. */
export async function pixels(png: Buffer) {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return {
    width: image.width,
    height: image.height,
    /** How many pixels of a rectangle satisfy a condition on red, green and blue. */
    count(x: number, y: number, width: number, height: number, match: Match) {
      const { data } = context.getImageData(x, y, width, height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) if (match(data[i], data[i + 1], data[i + 2])) found++;
      return found;
    },
  };
}
