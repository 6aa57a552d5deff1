import { rlTask } from "../../agents/task.js";
import { gameTask } from "../../gan/task.js";
import { problemTask } from "../problems/task.js";
import type { Task } from "../study/task.js";

/** Every task. Worker threads load this module and no other: no charts, no command line. */
export const tasks: readonly Task[] = [rlTask, gameTask, problemTask];
