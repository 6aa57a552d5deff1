import { describe, expect, it } from "vitest";
import { z } from "zod";
import { check } from "../../src/config/check.js";
import { InputError } from "../../src/config/input-error.js";
import { nearest, suggest } from "../../src/config/nearest.js";
import { optimizerSchema } from "../../src/optim/create.js";

const schema = z.strictObject({
  optimizer: optimizerSchema,
  steps: z.int().positive().lte(1000).default(10),
  order: z.enum(["simultaneous", "alternating"]).default("simultaneous"),
  hidden: z.array(z.int()).max(2).default([]),
  byName: z
    .record(z.string().regex(/^[a-z]+$/, "expected small letters"), z.strictObject({ lr: z.number() }))
    .default({}),
  either: z.union([z.number(), z.strictObject({ value: z.number() })]).default(1),
  worded: z.union([z.literal("all"), z.array(z.int())], "expected all or a list").default("all"),
  tagged: z.literal("yes").default("yes"),
  lazy: z.lazy(() => z.strictObject({ deep: z.boolean() })).optional(),
});

const optimizer = { name: "rmsprop" };

function message(input: unknown, at: readonly string[] = []): string {
  try {
    check(schema, input, "run.yaml", at);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe("a checked input", () => {
  it("has its defaults filled in", () => {
    expect(check(schema, { optimizer }, "run.yaml")).toMatchObject({
      optimizer: { name: "rmsprop", lr: 0.01, rho: 0.99 },
      steps: 10,
      hidden: [],
    });
  });

  it.each([
    [{ optimizer, stpes: 1 }, 'run.yaml: unknown key "stpes"; did you mean "steps"? valid: optimizer, steps, order'],
    [
      { optimizer: { name: "rmsprop", rh: 0.9 } },
      'run.yaml: optimizer: unknown key "rh"; did you mean "rho"? valid: name, lr, rho, eps, centered, momentum',
    ],
    [
      { optimizer: { name: "adma" } },
      'run.yaml: optimizer.name: unknown name "adma"; did you mean "adam"? valid: sgd, momentum, adagrad',
    ],
    [{ optimizer: {} }, "run.yaml: optimizer.name: missing; expected one of sgd, momentum, adagrad, adadelta"],
    [{ optimizer: { name: 3 } }, "run.yaml: optimizer.name: found 3; expected one of sgd, momentum"],
    [{ optimizer: "adam" }, 'run.yaml: optimizer: expected an object, found "adam"'],
    [{}, "run.yaml: optimizer: missing; expected an object"],
    [{ optimizer: { name: "adam", lr: "big" } }, 'run.yaml: optimizer.lr: expected a number, found "big"'],
    [{ optimizer: { name: "adam", beta2: 1 } }, "run.yaml: optimizer.beta2: expected less than 1, found 1"],
    [{ optimizer: { name: "adam", lr: Number.NaN } }, "run.yaml: optimizer.lr: expected a finite number, found NaN"],
    [{ optimizer, steps: 0 }, "run.yaml: steps: expected more than 0, found 0"],
    [{ optimizer, steps: 1001 }, "run.yaml: steps: expected at most 1000, found 1001"],
    [{ optimizer, steps: 1.5 }, "run.yaml: steps: expected an integer, found 1.5"],
    [{ optimizer, steps: "many" }, 'run.yaml: steps: expected an integer, found "many"'],
    [{ optimizer, steps: null }, "run.yaml: steps: expected an integer, found null"],
    [
      { optimizer, order: "alternate" },
      'run.yaml: order: expected one of simultaneous, alternating, found "alternate"; did you mean "alternating"?',
    ],
    [{ optimizer, tagged: "no" }, 'run.yaml: tagged: expected one of yes, found "no"'],
    [{ optimizer, hidden: [1, 2, 3] }, "run.yaml: hidden: expected a length of at most 2, found [1,2,3]"],
    [{ optimizer, hidden: [1, "2"] }, 'run.yaml: hidden.1: expected an integer, found "2"'],
    [{ optimizer, byName: { a: { lrr: 1, lr: 1 } } }, 'run.yaml: byName.a: unknown key "lrr"; did you mean "lr"?'],
    [{ optimizer, byName: { A1: { lr: 1 } } }, "run.yaml: byName.A1: expected small letters"],
    [{ optimizer, either: { valeu: 1, value: 1 } }, 'run.yaml: either: unknown key "valeu"; did you mean "value"?'],
    [{ optimizer, either: "x" }, 'run.yaml: either: expected a number, found "x"'],
    [{ optimizer, worded: "some" }, 'run.yaml: worded: expected all or a list, found "some"'],
    [{ optimizer, lazy: { deep: true, deeper: 1 } }, 'run.yaml: lazy: unknown key "deeper"; did you mean "deep"?'],
    [[1], "run.yaml: expected an object, found [1]"],
    [null, "run.yaml: expected an object, found null"],
    [undefined, "run.yaml: missing; expected an object"],
  ])("is refused when it is %j", (input, expected) => {
    expect(message(input)).toContain(expected);
    expect(message(input)).not.toContain("\n");
  });

  it("is refused with all its mistakes at once", () => {
    expect(message({ optimizer: { name: "sgd", lr: -1 }, steps: "x", ordre: "alternating" }).split("; ")).toHaveLength(
      4,
    );
  });

  it("is located within its source", () => {
    expect(message({ optimizer, stpes: 1 }, ["experiments", "first", "config"])).toContain(
      'run.yaml: experiments.first.config: unknown key "stpes"',
    );
    expect(message({ optimizer, steps: 0 }, ["config"])).toContain("run.yaml: config.steps: expected");
  });

  it("is shown shortened where it is long", () => {
    expect(message({ optimizer, steps: "x".repeat(500) }).length).toBeLessThan(150);
  });
});

describe("a key that is right elsewhere", () => {
  it.each([
    [
      { optimizer: { name: "sgd", momentum: 0.9 } },
      [],
      'run.yaml: optimizer: unknown key "momentum"; it belongs to momentum, rmsprop; sgd takes lr, weightDecay,',
    ],
    [
      { optimizer: { name: "sgd", nesterov: true } },
      [],
      'run.yaml: optimizer: unknown key "nesterov"; it belongs to momentum, rmsprop; sgd takes lr,',
    ],
    [{ optimizer, lr: 1 }, [], 'run.yaml: unknown key "lr"; did you mean "optimizer.lr"? valid: optimizer, steps'],
    [
      { optimizer, beta1: 0.5 },
      [],
      'run.yaml: unknown key "beta1"; did you mean "optimizer.beta1" of adam, adamw, nadam, radam, adamRel, lion, optimisticAdam? valid: optimizer,',
    ],
    [
      { optimizer: { ...optimizer, steps: 5 } },
      ["config"],
      'run.yaml: config.optimizer: unknown key "steps"; did you mean "config.steps"? valid: name, lr, rho',
    ],
    [
      { optimizer, byName: { a: { lr: 1, rho: 0.9 } } },
      ["config"],
      'run.yaml: config.byName.a: unknown key "rho"; did you mean "config.optimizer.rho"? valid: lr',
    ],
    [
      { optimizer, byName: { a: { lr: 1, beta1: 0.9 } } },
      ["config"],
      'run.yaml: config.byName.a: unknown key "beta1"; did you mean "config.optimizer.beta1" of adam,',
    ],
  ])("is told where: %j", (input, at, expected) => {
    expect(message(input, at)).toContain(expected);
  });
});

describe("the nearest name", () => {
  it("is found through typing errors and capitals", () => {
    const valid = ["adam", "rmsprop", "momentum", "CartPole-v1"];
    expect(nearest("adma", valid)).toBe("adam");
    expect(nearest("RMSProp", valid)).toBe("rmsprop");
    expect(nearest("cartpole-v1", valid)).toBe("CartPole-v1");
    expect(nearest("CARTPOLE-V1", valid)).toBe("CartPole-v1");
  });

  it("is the one that begins with what was written", () => {
    expect(nearest("meanReturn", ["changes", "meanReturnLast100"])).toBe("meanReturnLast100");
    expect(nearest("me", ["changes", "meanReturnLast100"])).toBeUndefined();
  });

  it("is none when more than half would change, or nothing is valid", () => {
    expect(nearest("xyzzy", ["adam", "momentum"])).toBeUndefined();
    expect(nearest("adam", [])).toBeUndefined();
    expect(suggest("xyzzy", ["adam", "sgd"])).toBe("; valid: adam, sgd");
    expect(suggest("adm", ["adam", "sgd"])).toBe('; did you mean "adam"? valid: adam, sgd');
  });
});

describe("a union whose name may be left out", () => {
  const schema = z.strictObject({
    agent: z
      .discriminatedUnion("name", [
        z.strictObject({ name: z.literal("first").optional().default("first"), gamma: z.number().default(1) }),
        z.strictObject({ name: z.literal("second"), delta: z.number().default(1) }),
      ])
      .prefault({}),
  });

  it("suggests the keys of the option that is meant", () => {
    expect(() => check(schema, { agent: { gama: 1 } }, "run")).toThrow(
      'run: agent: unknown key "gama"; did you mean "gamma"? valid: name, gamma',
    );
    expect(() => check(schema, { agent: { name: "second", gama: 1 } }, "run")).toThrow("valid: name, delta");
  });
});
