import { spawnSync } from "node:child_process";

// What a machine must allow for some faults to be made; where it does not, those tests are skipped, and say so.

const succeeds = (command: string) => spawnSync(command, { shell: true }).status === 0;

/** Whether file systems can be mounted, and hidden from a process. */
export const canMount: boolean = succeeds("unshare --mount mount -t tmpfs none /mnt");
if (!canMount) console.warn("skipped: only root may mount file systems here");

/** Whether a process can have a network of its own, joined to this one by a cable that can be pulled. */
export const canPullCables: boolean = succeeds("unshare --net ip link add name a type veth peer name b");
if (!canPullCables) console.warn("skipped: only root, with iproute2, makes networks here");

/** Whether faults are as many as `npm run test:faults` makes them; in the suite there are a few of each. */
export const long: boolean = process.env.RINGDOWN_FAULTS === "long";
