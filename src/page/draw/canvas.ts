import { element } from "../element.js";

/** A canvas as sharp as the screen, with its picture in words. */
export class Picture {
  readonly canvas: HTMLCanvasElement;
  /** Width and height in CSS pixels. */
  width = 0;
  height = 0;

  /** @param ratio width by height */
  constructor(
    label: string,
    readonly ratio = 1,
  ) {
    this.canvas = element("canvas", { role: "img", "aria-label": label });
    this.canvas.style.aspectRatio = String(ratio);
  }

  /** An empty canvas of the present size. */
  begin(): CanvasRenderingContext2D {
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    const [wide, high] = [this.width, this.height].map((length) => Math.round(length * devicePixelRatio));
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    const context = this.canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    return context;
  }
}
