import type { Scene } from "../../envs/pictures/scene.js";
import type { Figure, Verdict } from "../../reports/parts/findings.js";

/** The stages of the lab, each with a worker of its own. */
export const stages = ["games", "gan", "agent", "chapters"] as const;
export type Stage = (typeof stages)[number];

/** What the page asks of a worker; every request is answered by one {@link Answer}, in order. */
export type Request =
  /** Begins anew with these assignments, the texts `path=value` of the address. */
  | { readonly kind: "start"; readonly stage: Stage; readonly assignments: readonly string[]; readonly points: string }
  /** The same with other assignments, without a new beginning where the optimizers' state allows it. */
  | { readonly kind: "change"; readonly assignments: readonly string[] }
  /** Goes on by so many steps, or fewer if the time is up before. */
  | { readonly kind: "advance"; readonly steps: number; readonly milliseconds: number }
  /** Changes a parameter of the environment now, as a drift at this step would. */
  | { readonly kind: "press"; readonly parameter: string; readonly value: number }
  /** What takes longer to find: measures, the hash of the parameters, the flow of a game on a grid. */
  | { readonly kind: "inspect"; readonly half: number }
  /** Goes on with the whole experiment of a claim, as long as the time is not up. */
  | { readonly kind: "test"; readonly claim: string; readonly milliseconds: number };

export type Answer =
  | { readonly kind: "started"; readonly setup: Setup; readonly frame: Frame }
  | { readonly kind: "changed"; readonly setup: Setup; readonly goesOn: boolean; readonly frame: Frame }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "pressed"; readonly assignments: readonly string[] }
  | { readonly kind: "inspected"; readonly inspection: Inspection }
  | { readonly kind: "tested"; readonly tested: ClaimTested }
  | { readonly kind: "refused"; readonly message: string };

/** A control of the page, made from the schema that checks its value. */
export interface Control {
  readonly path: string;
  readonly help: string;
  readonly value: unknown;
  readonly input:
    | { readonly kind: "choice"; readonly options: readonly string[] }
    | { readonly kind: "switch" }
    /** Numbers in brackets. */
    | { readonly kind: "list" }
    /** A group of options that is there or not: its own controls follow where it is. */
    | { readonly kind: "part" }
    | {
        readonly kind: "number";
        /** Whether it can be none, null. An empty field is the default. */
        readonly nullable: boolean;
        /** The default, where it is a number. */
        readonly usual?: number;
        readonly integer: boolean;
        readonly low?: number;
        readonly high?: number;
        /** Whether `low` and `high` are out of reach themselves. */
        readonly open: { readonly low: boolean; readonly high: boolean };
      };
}

export interface ControlGroup {
  readonly title: string;
  /** Folded away until asked for. */
  readonly aside?: boolean;
  /** All of it is shown; else what is moved less is folded away. */
  readonly whole?: boolean;
  readonly controls: readonly Control[];
}

export interface Setup {
  readonly groups: readonly ControlGroup[];
  /** The step at which the run ends. */
  readonly steps: number;
  /** Names of what the stage shows: the axes of a plane, the columns of a learner. */
  readonly axes: readonly string[];
  /** Where the start of a game can be dragged: which coordinate of the plane each of its two numbers is. */
  readonly startOrder?: readonly [number, number];
  readonly claim?: ClaimCard;
  /** What the buttons of an environment change, with the two values that they change between. */
  readonly presses: readonly {
    readonly label: string;
    readonly parameter: string;
    readonly values: readonly number[];
  }[];
}

/** A claim of the chapters, to be read beside its run. */
export interface ClaimCard {
  readonly name: string;
  /** The names of all claims, in the chapters' order. */
  readonly all: readonly string[];
  readonly words: string;
  readonly source: string;
  /** What one sees and why. */
  readonly see: string;
  /** What runs its whole experiment. */
  readonly command: string;
  /** Why the page does not, where it does not. */
  readonly heavy?: string;
  /** The stage that plays one of its runs, where this one does not. */
  readonly link?: { readonly words: string; readonly stage: Stage; readonly assignments: readonly string[] };
}

/** How far the experiment of a claim is, and what its runs say once all are there. */
export interface ClaimTested {
  readonly done: number;
  readonly total: number;
  readonly finding?: Pick<Verdict, "verdict" | "because"> & { readonly figure: Omit<Figure, "file"> };
}

/** What has come since the last frame. */
export interface Frame {
  readonly step: number;
  /** Why it does not go on, where it does not. */
  readonly ended?: string;
  /** Places (x, y) one after the other. */
  readonly path?: Float64Array;
  readonly cloud?: Cloud;
  readonly learners?: readonly Learner[];
  /** Of a claim's run: step, the value drawn, and its closed form or NaN. */
  readonly curve?: Float64Array;
}

/** A 2D GAN at one moment. */
export interface Cloud {
  /** Samples (x, y) of the generator, of the target. */
  readonly generated: Float32Array;
  readonly real: Float32Array;
  /** Logits on a grid, row by row from the lowest, and where the grid's corners are. */
  readonly logits: Float32Array;
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly modes: readonly (readonly [number, number])[];
}

/** An agent that learns: what is new of it. */
export interface Learner {
  readonly step: number;
  readonly updates: number;
  readonly scene: Scene | null;
  /** The values of the shown columns at each new update, after the step at which it was. */
  readonly rows: Float64Array;
  /** Step and return of each new episode. */
  readonly returns: Float64Array;
}

export interface Reproduction {
  readonly commands: readonly string[];
  /** Where the hash is said, if not in what the command prints. */
  readonly where?: string;
  /** The same as a study file, where the command is not of one. */
  readonly study?: string;
  /** What they read. */
  readonly file?: { readonly name: string; readonly text: string };
}

export interface Inspection {
  readonly step: number;
  /** SHA-256 of all parameters. */
  readonly hashes: readonly string[];
  /** How to come to these parameters without the page, or why nothing else comes to them. */
  readonly reproduce: Reproduction | string;
  readonly table: readonly {
    readonly key: string;
    readonly name: string;
    readonly measured: number | null;
    readonly predicted: number | null;
  }[];
  /** Frequency and amplitude, one after the other, of the motion of a GAN's mean. */
  readonly spectrum?: Float64Array;
  /** The flow (x, y, dx, dy) of a game of two numbers on a grid. */
  readonly field?: Float64Array;
}
