import { describe, expect, it } from "vitest";
import { make, names, type Scene, spec } from "../../envs/index.js";

/** The environment's scene in a state, under its default parameters but for some. */
function draw(id: string, state: readonly number[], parameters: Readonly<Record<string, number>> = {}): Scene {
  const { picture, parameters: specs } = spec(id);
  const defaults = Object.fromEntries(Object.entries(specs).map(([name, { default: value }]) => [name, value]));
  const scene = picture?.(state, { ...defaults, ...parameters });
  if (scene === undefined) throw new Error(`${id} has no picture`);
  return scene;
}

const pointsOf = ({ shapes }: Scene) =>
  shapes.flatMap((shape) => (shape.kind === "polygon" || shape.kind === "line" ? shape.points : [shape.centre]));
const lineOf = (scene: Scene, role: string) => {
  const line = scene.shapes.find((shape) => shape.kind === "line" && shape.role === role);
  return line?.kind === "line" ? line.points : [];
};
const walkerOf = (scene: Scene) => {
  const walker = scene.shapes.at(-1);
  return walker?.kind === "circle" && walker.role === "agent" ? walker.centre : undefined;
};

const drawn = names().filter((id) => spec(id).picture !== undefined);

describe("a picture of an environment", () => {
  it("is there for classic control and for every grid", () => {
    expect(drawn).toEqual([
      ...["CartPole-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"],
      ...["FrozenLake-v1", "FrozenLake8x8-v1", "CliffWalking-v1", "MovingMaze-v0"],
    ]);
  });

  it.each(drawn)("shows its state within its frame, whatever the episode: %s", (id) => {
    const env = make<unknown, unknown>(id);
    const seen = new Set<string>();
    env.reset({ seed: 1 });
    for (let step = 0; step < 30; step++) {
      const { state } = env.save();
      const scene = draw(id, state);
      seen.add(JSON.stringify(scene));
      for (const [x, y] of pointsOf(scene)) {
        expect(x).toBeGreaterThanOrEqual(scene.low[0] - 1e-9);
        expect(x).toBeLessThanOrEqual(scene.high[0] + 1e-9);
        expect(y).toBeGreaterThanOrEqual(scene.low[1] - 1e-9);
        expect(y).toBeLessThanOrEqual(scene.high[1] + 1e-9);
      }
      const space = env.actionSpace;
      const [, , terminated, truncated] = env.step(space.kind === "discrete" ? step % 2 : Float32Array.of(step % 2));
      if (terminated || truncated) env.reset();
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  it("leans and hangs as the angles say", () => {
    const [[foot], [head]] = lineOf(draw("CartPole-v1", [1, 0, 0.1, 0]), "part");
    expect([foot, head > foot]).toEqual([1, true]);
    expect(lineOf(draw("CartPole-v1", [0, 0, 0, 0], { length: 1 }), "part")[1][1]).toBeCloseTo(2.06, 12);
    const tip = lineOf(draw("Acrobot-v1", [0, 0, 0, 0]), "part")[1];
    expect(tip).toEqual([0, -2]);
    const [, [x, y]] = lineOf(draw("Pendulum-v1", [Math.PI / 2, 0]), "part");
    expect([x, y]).toEqual([expect.closeTo(-1, 12), expect.closeTo(0, 12)]);
  });

  it("moves the flag with its parameter, and the gap in the wall", () => {
    const [[flag]] = lineOf(draw("MountainCar-v0", [-0.5, 0], { goalPosition: 0.3 }), "joint");
    expect(flag).toBe(0.3);
    const walls = (gap: number) =>
      draw("MovingMaze-v0", [0], { gap }).shapes.flatMap((shape) =>
        shape.kind === "polygon" && shape.role === "wall" ? [Math.floor(shape.points[0][0])] : [],
      );
    expect(walls(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(walls(2)).toEqual([0, 1, 3, 4, 5, 6, 7, 8]);
  });

  it("puts the walker into the cell of its state, the first row on top", () => {
    expect(walkerOf(draw("CliffWalking-v1", [36]))).toEqual([0.5, 0.5]);
    expect(walkerOf(draw("CliffWalking-v1", [11]))).toEqual([11.5, 3.5]);
    expect(walkerOf(draw("FrozenLake-v1", [4]))).toEqual([0.5, 2.5]);
  });
});
