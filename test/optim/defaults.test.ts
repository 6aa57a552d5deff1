import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeDefaults } from "../../src/optim/around/defaults.js";
import type { Flavour } from "../../src/optim/around/options.js";
import { optimizerFields, rules } from "../../src/optim/create.js";
import { createOptimizer, scheduleSchema } from "../../src/optim/index.js";
import { undescribedOptions } from "../config/undescribed-options.js";

describe("an option's description", () => {
  const table = (...values: readonly unknown[]) =>
    values.map((value, i) => [`lib${i + 1}`, value === undefined ? {} : { eps: value }] as const);

  it.each([
    [[1e-8, 1e-8], "ε; default 1e-8"],
    [[0.01, 0.001, 0.01], "ε; default: lib2 0.001, others 0.01"],
    [[1, 1, 2, 2, 3], "ε; default: lib1, lib2 1, lib3, lib4 2, lib5 3"],
    [[true, null], "ε; default: lib1 true, lib2 null"],
    [[undefined, undefined], "ε"],
  ])("says the defaults %j", (values, text) => {
    expect(describeDefaults("ε", "eps", table(...values))).toBe(text);
  });

  it("is there for every option of every optimizer and schedule", () => {
    expect(undescribedOptions(optimizerFields)).toEqual([]);
    expect(undescribedOptions(scheduleSchema)).toEqual([]);
  });

  it("says of a shared option what an optimizer's own defaults make of it", () => {
    const adamw = optimizerFields.options.find(({ shape }) => shape.name.value === "adamw");
    expect(adamw?.shape).toHaveProperty("weightDecay.description");
    expect(rules.find(({ schema }) => schema.shape.name.value === "adamw")?.schema.shape.weightDecay.description).toBe(
      "coefficient λ of the decay; default: torch 0.01, optax 1e-4, keras 0.004",
    );
  });
});

describe("an optimizer of which no flavour is given", () => {
  it.each(rules.map((rule) => [rule.schema.shape.name.value, rule] as const))(
    "%s has the first one's",
    (name, rule) => {
      const resolve = (flavour?: string) => rule.resolve({ name, ...(flavour && { flavour }) } as never);
      expect(resolve()).toEqual(resolve(Object.keys(rule.defaults)[0]));
      expect(resolve()).not.toHaveProperty("undefined");
      expect(createOptimizer({ name } as never).name).toBe(name);
    },
  );
});

describe("the README's tables of defaults", () => {
  const readme = readFileSync(new URL("../../src/optim/README.md", import.meta.url), "utf8");
  const flavours = ["torch", "optax", "keras", "tf1", "tfjs"] as const;

  const cellsOf = (label: string): string[] => {
    const line = readme.split("\n").find((text) => text.startsWith(`| ${label} `));
    if (line === undefined) throw new Error(`no row begins with ${label}`);
    return line.split("|").slice(2, -1);
  };
  const numbersIn = (cell: string) => (cell.match(/(?<![\w.])\d*\.?\d+(e-?\d+)?/g) ?? []).map(Number);
  const defaultsOf = (name: string, flavour: Flavour) => {
    const rule = rules.find(({ schema }) => schema.shape.name.value === name);
    return (rule?.defaults[flavour] ?? {}) as Readonly<Record<string, number | null>>;
  };

  it.each(flavours)("say RMSprop's η, ρ, ε and v₀ of %s", (flavour) => {
    const { lr, rho, eps, initialAccumulator } = defaultsOf("rmsprop", flavour);
    const cells = cellsOf(`\`${flavour}\``);
    expect(numbersIn(cells[1])).toEqual([initialAccumulator]);
    expect(numbersIn(cells[4])).toEqual([lr, rho, eps]);
  });

  it.each([
    ["adagrad", "adagrad", ["eps", "initialAccumulator"]],
    ["adadelta η / ρ / ε", "adadelta", ["lr", "rho", "eps"]],
    ["adam ε", "adam", ["eps"]],
    ["adamw λ", "adamw", ["weightDecay"]],
    ["nadam ψ", "nadam", ["momentumDecay"]],
  ])("say those of %s", (label, name, keys) => {
    cellsOf(label).forEach((cell, i) => {
      const values = defaultsOf(name, flavours[i]);
      const written = keys.map((key) => values[key]).filter((value) => value !== undefined && value !== null);
      // Without an ε there is nothing to write.
      expect(numbersIn(cell), `${label}, ${flavours[i]}`).toEqual(written.filter((value, k) => k > 0 || value !== 0));
    });
  });
});
