import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** The first process namespace of a Linux machine; containers have others. */
const firstNamespace = "pid:[4026531836]";

/**
 * Where process ids mean something: this machine, or this container of it. Hosts that share a folder need names of their
 * own.
 */
export const host: string = `${hostname()}${namespace()}`.replace(/[^A-Za-z0-9.-]/g, "_");

/** Containers may have the name of their machine, but their processes are not seen from outside. */
function namespace(): string {
  try {
    const found = readlinkSync("/proc/self/ns/pid");
    return found === firstNamespace ? "" : `.${found.replace(/\D/g, "")}`;
  } catch {
    return "";
  }
}

/** Whether a process of this host is there; its id may belong to another one by now. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
