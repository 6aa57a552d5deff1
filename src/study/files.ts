import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../config/input-error.js";
import { host, isAlive } from "./host.js";

// Everything is written under a temporary name, synced to the disk and renamed: what has its final name is whole.

/**
 * A name beside the final one which says whose it is, to distinguish what was left behind from what is being written.
 * Several machines may share a folder, and process ids mean something on one of them only: a name holds both.
 */
function temporaryName(final: string): string {
  const owner = `${host}-${process.pid}-${randomUUID().slice(0, 8)}`;
  return join(dirname(final), `.${basename(final)}.writing-${owner}`);
}

/** Writes a file whole or not at all. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = temporaryName(file);
  try {
    await writeSynced(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/**
 * Writes a folder of files whole or not at all. A folder of this name that another process has written in the
 * meantime is kept: names are hashes of contents.
 */
export async function writeFolderWhole(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const temporary = temporaryName(folder);
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeSynced(join(temporary, name), content);
    await syncFolder(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
  await syncFolder(dirname(folder));
}

/**
 * Removes what this process, or one of this host that no longer lives, left half-written in a folder. Where the id of a
 * dead process was given to another one, what it left stays until that one has ended; where it was given to this process,
 * it goes.
 */
export async function removeTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, owner, id] = name.match(/\.writing-(.+)-(\d+)-[0-9a-f]{8}$/) ?? [];
    if (owner !== host || (Number(id) !== process.pid && isAlive(Number(id)))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Makes the folder and proves that files can be written into it.
 *
 * @throws InputError saying why not
 */
export async function ensureWritable(folder: string): Promise<void> {
  const probe = temporaryName(join(folder, "probe"));
  try {
    await makeFolder(resolve(folder));
    await writeSynced(probe, "");
    await rm(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(`${folder}: cannot write there: ${reasons[code ?? ""] ?? message}`);
  }
}

/** Makes a folder and those above it. Node's own `recursive` never returns where none can be made, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let here = folder; !existsSync(here); here = dirname(here)) missing.unshift(here);
  for (const one of missing) await mkdir(one).catch(ignoreExisting);
  if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error("not a folder"), { code: "EEXIST" });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no folder can be made there",
  EEXIST: "a file is where the folder should be",
  ENOTDIR: "a file is where a folder of its path should be",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
};

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename durable. Not every system lets a folder be opened; there the rename is as durable as it gets. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
