export { type BootstrapOptions, bootstrapInterval } from "./bootstrap-interval.js";
export { interquartileMean } from "./interquartile-mean.js";
export type { Interval } from "./interval.js";
export { type Duration, kaplanMeier, type SurvivalPoint, survivalMedian } from "./kaplan-meier.js";
export { mean } from "./mean.js";
export { median, quantile } from "./quantile.js";
export { standardDeviation } from "./standard-deviation.js";
export { studentInterval } from "./student-interval.js";
export { studentQuantile } from "./student-quantile.js";
