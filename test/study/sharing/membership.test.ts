import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { host } from "../../../src/study/host.js";
import { type Member, memberText } from "../../../src/study/sharing/member.js";
import { Membership, sightings } from "../../../src/study/sharing/membership.js";
import { temporaryFolders } from "../temporary-folder.js";

const folder = temporaryFolders();

const work = { version: "1.0.0", engine: "wasm", study: "abc" };
const nobody = 4_194_304_999;

/** A claim of the number 1, as another process left it. */
function leaveClaim(here: string, name: string, { host, pid }: Pick<Member, "host" | "pid">, secondsAgo = 0): void {
  mkdirSync(join(here, ".running"), { recursive: true });
  const file = join(here, ".running", `claim-${name}.1`);
  writeFileSync(file, memberText({ host, pid, ...work }));
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(file, time, time);
}

describe("a claim", () => {
  it("is one member's alone until it is released", async () => {
    const here = folder();
    const [one, two] = [await Membership.begin(here, work), await Membership.begin(here, work)];
    expect([await one.claim("a"), await two.claim("a"), await one.claim("a"), await two.claim("b")]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(await two.holder("a")).toEqual({ host, pid: process.pid, ...work });
    await one.release("a");
    expect(await two.claim("a")).toBe(true);
    await one.leave();
    await two.leave();
    expect(readdirSync(here)).toEqual([]);
  });

  it("is one member's alone however many want it at once, also where a dead process had it", async () => {
    const here = folder();
    leaveClaim(here, "a", { host, pid: nobody });
    const members = await Promise.all(Array.from({ length: 10 }, () => Membership.begin(here, work)));
    const won = await Promise.all(members.map((member) => member.claim("a")));
    expect(won.filter(Boolean)).toHaveLength(1);
    for (const member of members) await member.leave();
    expect(readdirSync(here)).toEqual([]);
  });

  it.each([
    ["of a dead process of this host", { host, pid: nobody }, 0, true],
    ["of a process of this host whose heart beats", { host, pid: process.ppid }, 0, false],
    ["of a process of this host that has the id of a dead one", { host, pid: process.ppid }, 120, true],
    ["of another host whose heart beats", { host: "elsewhere", pid: nobody }, 30, false],
    ["of another host that is silent for longer than the lease", { host: "elsewhere", pid: process.ppid }, 120, true],
  ])("%s is free or not", async (_, owner, secondsAgo, free) => {
    const here = folder();
    leaveClaim(here, "a", owner, secondsAgo);
    const member = await Membership.begin(here, work);
    expect(await member.claim("a")).toBe(free);
    await member.leave();
    expect(readdirSync(here)).toEqual(free ? [] : [".running"]);
  });

  it("lives as long as its owner's heart beats", async () => {
    const here = folder();
    const owner = await Membership.begin(here, work, { heartbeat: 20, lease: 200 });
    const other = await Membership.begin(here, work, { heartbeat: 20, lease: 200 });
    expect(await owner.claim("a")).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await other.claim("a")).toBe(false);
    await owner.leave();
    await other.leave();
  });

  it("is in the name of what a finished owner did not keep: what was released long ago by its number", async () => {
    const here = folder();
    leaveClaim(here, "a", { host, pid: nobody });
    const member = await Membership.begin(here, work);
    expect(await member.claim("a")).toBe(true);
    await member.release("a");
    expect(readdirSync(join(here, ".running")).filter((name) => name.startsWith("claim"))).toEqual([]);
    await member.leave();
  });
});

describe("members", () => {
  it("see each other, and what each is at", async () => {
    const here = folder();
    const one = await Membership.begin(here, work);
    expect(await one.others()).toEqual([]);
    leaveClaim(here, "b", { host: "elsewhere", pid: 7 });
    writeFileSync(join(here, ".running/member-elsewhere-7"), memberText({ host: "elsewhere", pid: 7, ...work }));
    expect(await one.others()).toEqual([{ host: "elsewhere", pid: 7, ...work }]);
    await one.claim("a");
    const seen = await sightings(here);
    expect(seen.map(({ member, claims }) => [member.member.host, claims])).toEqual([
      [host, ["a"]],
      ["elsewhere", ["b"]],
    ]);
    await one.leave();
  });
});
