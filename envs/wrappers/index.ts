export { NormaliseObservation, NormaliseReward } from "./normalise.js";
export { OrderEnforcing } from "./order-enforcing.js";
export { type EpisodeStatistics, RecordEpisodeStatistics } from "./record-episode-statistics.js";
export { TimeLimit } from "./time-limit.js";
export { ClipAction, ClipReward, TransformObservation, TransformReward } from "./transform.js";
export { Wrapper } from "./wrapper.js";
