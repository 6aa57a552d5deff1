import type { Frame, Inspection, Setup } from "../messages.js";
import type { Settings } from "./settings.js";

/** A run that a stage shows, step by step. */
export interface Session {
  readonly setup: Setup;
  readonly step: number;
  /** Goes on until so many more steps are done, the run is at its end, or the time is up. */
  advance(steps: number, isTimeUp: () => boolean): void;
  /** What has come since the last call. */
  frame(): Frame;
  /**
   * Takes other settings in the middle.
   *
   * @returns false where that needs a new beginning; nothing has changed then
   * @throws InputError where the settings are wrong
   */
  change(settings: Settings): boolean;
  /** Changes a parameter of the environment now; returns the assignments that name the run with this change in it. */
  press?(parameter: string, value: number): readonly string[];
  /** @param half half the side of the square around the origin that the page shows */
  inspect(half: number): Inspection;
}

export const byHand =
  "Options were changed in the middle: no command makes this change. Restart runs them from the start.";
