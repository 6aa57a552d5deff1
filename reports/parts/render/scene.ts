import type { Point, Role, Scene } from "../../../envs/pictures/scene.js";
import { colours } from "../colours.js";
import { fontFamily } from "./font.js";

const roleColours: Readonly<Record<Role, string>> = {
  ground: "#C8C8C8",
  body: colours.blue,
  part: colours.orange,
  joint: colours.black,
  goal: colours.green,
  danger: colours.vermillion,
  start: colours.sky,
  wall: "#555555",
  free: "#EDEDED",
  agent: colours.black,
};

/** What a scene needs of a canvas's context, of a browser's as of the one that figures are drawn on. */
interface Pen {
  fillStyle: unknown;
  strokeStyle: unknown;
  font: string;
  textAlign: string;
  textBaseline: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  lineTo(x: number, y: number): void;
  fillText(text: string, x: number, y: number): void;
  clip(): void;
  fill(): void;
  stroke(): void;
}

/** The height of a scene that is drawn so wide, in the same unit. */
export function sceneHeight({ low, high }: Scene, width: number): number {
  return Math.round((width * (high[1] - low[1])) / (high[0] - low[0]));
}

/** Draws an environment's scene with its upper left corner at x, y; what lies beyond its rectangle is cut off. */
export function drawScene(context: Pen, scene: Scene, x: number, y: number, width: number): void {
  const { low, high, shapes } = scene;
  const scale = width / (high[0] - low[0]);
  const at = ([right, up]: Point) => [x + (right - low[0]) * scale, y + (high[1] - up) * scale] as const;
  const trace = (points: readonly Point[]) => {
    context.beginPath();
    for (const point of points) context.lineTo(...at(point));
  };
  context.save();
  context.beginPath();
  context.rect(x, y, width, sceneHeight(scene, width));
  context.clip();
  for (const shape of shapes) {
    if (shape.kind === "letters") {
      context.fillStyle = "#111";
      context.font = `bold ${shape.height * scale}px "${fontFamily}"`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(shape.letters, ...at(shape.centre));
      continue;
    }
    context.fillStyle = roleColours[shape.role];
    context.strokeStyle = roleColours[shape.role];
    if (shape.kind === "circle") {
      context.beginPath();
      context.arc(...at(shape.centre), shape.radius * scale, 0, 2 * Math.PI);
      context.fill();
    } else if (shape.kind === "polygon") {
      trace(shape.points);
      context.closePath();
      context.fill();
    } else {
      trace(shape.points);
      context.lineWidth = shape.width * scale;
      context.lineCap = "round";
      context.lineJoin = "round";
      context.stroke();
    }
  }
  context.restore();
}
