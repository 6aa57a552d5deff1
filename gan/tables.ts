import { playTables } from "../src/play/tables.js";
import { column, declareTables, field, type SummaryFields } from "../src/study/tables.js";

export const gameTables = declareTables({
  ...playTables,
  quality: {
    rows: "one at each of 20 times of the run of a 2D GAN",
    columns: { step: column("int32", "after how many steps", "steps") },
    further: {
      modes: column("int32", "modes with a sample within 3σ of their centre; where the target has modes"),
      highQuality: column("float64", "share of the samples within 3σ of a centre; where the target has modes"),
      reverseKl: column("float64", "KL(modes of the samples ‖ uniform); where the target has modes", "nats"),
      spread: column("float64", "width of the modes by that of the target's, 0.974 if perfect; where it has modes"),
      slicedWasserstein: column("float64", "distance from the target; where the target has no modes"),
    },
  },
  spectra: {
    rows: "one per eigenvalue of the game's Jacobian found after a step that `spectrum.at` names, by modulus",
    columns: {
      step: column("int32", "after how many steps", "steps"),
      real: column("float64", "real part: above 0 it attracts"),
      imaginary: column("float64", "imaginary part: it turns"),
      residual: column("float64", "its residual"),
    },
  },
  field: {
    rows: "one per point of a grid around the path of a game of two numbers, row by row from the lowest; where `field` asks",
    columns: {
      x: column("float64", "the first player's number"),
      y: column("float64", "the second player's"),
      flowX: column("float64", "−∂x, how gradient descent moves it"),
      flowY: column("float64", "−∂y"),
    },
  },
  snapshots: {
    rows: "one per sample of the generator at each of the times that `snapshots` asks for",
    columns: {
      step: column("int32", "after how many steps", "steps"),
      x: column("float32", "first coordinate"),
      y: column("float32", "second coordinate"),
    },
  },
  snapshotSurfaces: {
    rows: "one per point of a grid of 40 × 40 at each of these times, row by row from the lowest",
    columns: {
      step: column("int32", "after how many steps", "steps"),
      x: column("float32", "first coordinate"),
      y: column("float32", "second coordinate"),
      logit: column("float32", "the discriminator's logit"),
    },
  },
  samples: {
    rows: "one per sample of the final generator",
    columns: { x: column("float32", "first coordinate"), y: column("float32", "second coordinate") },
  },
  target: {
    rows: "one per sample of the data",
    columns: { x: column("float32", "first coordinate"), y: column("float32", "second coordinate") },
  },
  modes: {
    rows: "one per mode of the target",
    columns: {
      x: column("float64", "first coordinate of the centre"),
      y: column("float64", "second coordinate of the centre"),
      deviation: column("float64", "standard deviation σ along an axis"),
    },
  },
  surface: {
    rows: "one per point of a grid of 80 × 80, row by row from the lowest",
    columns: {
      x: column("float32", "first coordinate"),
      y: column("float32", "second coordinate"),
      logit: column("float32", "the final discriminator's logit"),
    },
  },
});

const orbit = {
  spectralRadius: field("factor on the amplitude per step"),
  angle: field("angle turned per step", "radians"),
  dampingRatio: field("damping ratio of the mode"),
  period: field("steps per turn", "steps"),
  winding: field("turns over the whole path, counter-clockwise positive", "turns"),
  radius: field("root-mean-square distance from the centre over the last half"),
  logarithmicDecrement: field("ln of the ratio of successive maxima of the first observable"),
};

const quality = {
  modes: field("modes with a sample within 3σ of their centre"),
  highQuality: field("share of the samples within 3σ of a centre"),
  reverseKl: field("KL(modes of the samples ‖ uniform)", "nats"),
  spread: field("width of the modes by that of the target's, 0.974 if perfect"),
};

function below(prefix: string, fields: SummaryFields): SummaryFields {
  return Object.fromEntries(Object.entries(fields).map(([name, meaning]) => [`${prefix}.${name}`, meaning]));
}

/** The fields of a game's summary; null where undefined, left out where the configuration does not ask for them. */
export const gameSummary: SummaryFields = {
  ...below("measured", {
    ...orbit,
    chatter: field("amplitude at periods below 4 steps over the last half"),
    slowCycle: field("amplitude at periods above 50 steps over the last half"),
    distance: field("distance of the end from the nearest equilibrium"),
    pathSwitch: field("fall of the path angle's cosine around the end: 2 where it attracts, −2 where it repels"),
    pathBump: field("rise of the cosine's modulus around the end: up to 1 where players turn around it"),
    collapsedAt: field("the step since which the discriminator has told no point from another", "steps"),
    ...quality,
    squaredMmd: field("squared maximum mean discrepancy between samples and target"),
    slicedWasserstein: field("sliced Wasserstein distance between samples and target"),
    precision: field("share of the samples near the target's points (k = 5)"),
    recall: field("share of the target's points near samples (k = 5)"),
    density: field("mean number of the target's balls that a sample lies in, over k = 5: 1 when both are alike"),
    coverage: field("share of the target's balls that hold a sample (k = 5)"),
    jacobianReal: field("real part of the game's Jacobian's eigenvalue of largest modulus at the end"),
    jacobianImaginary: field("its imaginary part"),
    jacobianResidual: field("its residual"),
    "spectrum.real": field("real parts of all eigenvalues found"),
    "spectrum.imaginary": field("their imaginary parts"),
    "spectrum.residual": field("their residuals"),
  }),
  ...below("predicted", {
    ...orbit,
    flowReal: field("real part of the slowest mode of the game's own flow dw/dt = −g"),
    flowImaginary: field("its imaginary part"),
    flowDampingRatio: field("its damping ratio −Re μ/|μ|"),
  }),
  centre: field("the point that the orbit is measured around"),
  centreIs: field("`equilibrium`, or `mean of the last half` where none is known"),
  ...below("averaged", quality),
};
