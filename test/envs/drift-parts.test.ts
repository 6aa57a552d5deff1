import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { driftSchedules } from "../../envs/drift/build-schedule.js";
import { driftUpdates } from "../../envs/drift/build-update.js";
import { envSchema } from "../../envs/options.js";
import { undescribedOptions } from "../config/undescribed-options.js";

const readme = readFileSync(new URL("../../envs/README.md", import.meta.url), "utf8");

describe("the parts of a drift", () => {
  it("describe every option, as an environment does", () => {
    expect(undescribedOptions(envSchema)).toEqual([]);
  });

  it.each(Object.entries({ ...driftSchedules, ...driftUpdates }))("have a line for listings: %s", (_, line) => {
    expect(line).toMatch(/^[a-z][^.]+$/);
  });

  it.each([...Object.keys(driftSchedules), ...Object.keys(driftUpdates)])("are in the README: %s", (name) => {
    expect(readme).toContain(`\`${name}\``);
  });
});
