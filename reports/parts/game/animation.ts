import { InputError } from "../../../src/config/input-error.js";
import type { Run } from "../../../src/study/read.js";
import type { Figure } from "../findings.js";
import { number } from "../text.js";
import { orbitPlane, readOrbit } from "./orbit-plane.js";
import { samplesPanel, surfacePanel } from "./picture.js";
import { snapshotPictures } from "./snapshots.js";
import { hasSnapshots, isPlaneGan } from "./tables.js";

/** How many frames the path of a small game has. */
const pathFrames = 48;

/**
 * A run of a game as frames of one size: of a GAN its snapshots, of a small game its path so far.
 *
 * @throws InputError for a GAN's run without snapshots
 */
export async function animationFrames(run: Run, heading: string): Promise<Figure[]> {
  if (!isPlaneGan(run)) return pathOf(run, heading);
  if (!hasSnapshots(run)) {
    throw new InputError(`run ${run.id}: snapshots: expected how many to animate, such as 48; found none`);
  }
  const snapshots = await snapshotPictures(run);
  return snapshots.map(({ step, picture }) => ({
    file: "animation.gif",
    title: heading,
    caption: `After ${number(step)} steps.`,
    columns: 2,
    panelWidth: 420,
    panelHeight: 440,
    panels: [samplesPanel("Samples over the data", picture), surfacePanel("The decision surface", picture)],
  }));
}

async function pathOf(run: Run, heading: string): Promise<Figure[]> {
  const orbit = await readOrbit(run);
  const count = orbit.path.length;
  // A long path is drawn by its beginning and its last turn: time passes there alone.
  const drawn = orbit.pieces.reduce((sum, { path }) => sum + path.length, 0);
  return Array.from({ length: pathFrames }, (_, i) => {
    const passed = Math.ceil(((i + 1) * drawn) / pathFrames);
    const [first] = orbit.pieces;
    const until = passed <= first.path.length ? passed : count - (drawn - passed);
    return {
      file: "animation.gif",
      title: heading,
      caption: `After ${number(until)} of ${number(count)} steps.`,
      columns: 1,
      panelWidth: 640,
      panelHeight: 660,
      panels: [orbitPlane(orbit, until)],
    };
  });
}
