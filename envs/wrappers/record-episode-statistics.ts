import type { Info, ResetOptions } from "../env.js";
import { Wrapper } from "./wrapper.js";

/** A finished episode: the sum of its rewards and its number of steps. */
export interface EpisodeStatistics {
  /** Sum of the rewards. */
  readonly return: number;
  /** Number of steps. */
  readonly length: number;
}

/** Adds the return and the length of each episode to the info of its last step, as `episode`, and keeps them all. */
export class RecordEpisodeStatistics<Observation, Action> extends Wrapper<Observation, Action> {
  readonly episodes: EpisodeStatistics[] = [];
  #return = 0;
  #length = 0;

  override reset(options?: ResetOptions): [Observation, Info] {
    const first = super.reset(options);
    this.#return = 0;
    this.#length = 0;
    return first;
  }

  override step(action: Action): [Observation, number, boolean, boolean, Info & { episode?: EpisodeStatistics }] {
    const [observation, reward, terminated, truncated, info] = super.step(action);
    this.#return += reward;
    this.#length++;
    if (!terminated && !truncated) return [observation, reward, terminated, truncated, info];
    const episode = { return: this.#return, length: this.#length };
    this.episodes.push(episode);
    return [observation, reward, terminated, truncated, { ...info, episode }];
  }
}
