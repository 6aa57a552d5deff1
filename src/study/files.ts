import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
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

/** What a file is to hold: all of it, or its parts in their order. */
type Content = string | Uint8Array | Iterable<string> | AsyncIterable<Uint8Array>;

/** Writes a file whole or not at all, into a folder that is made where it is missing. */
export async function writeWhole(file: string, content: Content): Promise<void> {
  await makeFolder(resolve(dirname(file)));
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

/** A folder that is to be written, with its files by name. */
export interface NewFolder {
  readonly folder: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Writes folders of files, each whole or not at all, into folders that are there. One of this name that another process
 * has written in the meantime is kept: names are hashes of contents.
 *
 * All are synced at once: the disk then does in one go what it would do as often as there are folders. Calls that wait
 * for no disk are synchronous, which takes a fifth of the time.
 */
export async function writeFoldersWhole(folders: readonly NewFolder[]): Promise<void> {
  const temporaries = folders.map(({ folder }) => temporaryName(folder));
  const open: number[] = [];
  try {
    for (const [index, { files }] of folders.entries()) {
      const temporary = temporaries[index];
      mkdirSync(temporary);
      for (const [name, content] of Object.entries(files)) {
        const file = openSync(join(temporary, name), "wx");
        open.push(file);
        writeFileSync(file, content);
      }
      if (canSyncFolders) open.push(openSync(temporary, "r"));
    }
    await syncAll(open);
    for (const file of open.splice(0)) closeSync(file);
    for (const [index, { folder }] of folders.entries()) renameUnlessThere(temporaries[index], folder);
  } finally {
    for (const file of open) closeSync(file);
    for (const temporary of temporaries) rmSync(temporary, { recursive: true, force: true });
  }
  for (const parent of new Set(folders.map(({ folder }) => dirname(folder)))) await syncFolder(parent);
}

const sync = promisify(fsync);

/** Waits for all, also where one fails: none may be closed before. */
async function syncAll(open: readonly number[]): Promise<void> {
  const settled = await Promise.allSettled(open.map((file) => sync(file)));
  const failed = settled.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

function renameUnlessThere(temporary: string, folder: string): void {
  try {
    renameSync(temporary, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
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

async function writeSynced(file: string, content: Content): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await writeFile(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Not every system lets a folder be opened; there a rename is as durable as it gets. */
const canSyncFolders = process.platform !== "win32";

/** Makes a rename durable. */
async function syncFolder(folder: string): Promise<void> {
  if (!canSyncFolders) return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
