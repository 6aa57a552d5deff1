import { describe, expect, it } from "vitest";
import { z } from "zod";

// Messages are made from parts of zod that its types show but its manual does not promise. A new version of zod that
// changes one of them fails here, and not in a message that a user reads.

const issuesOf = (schema: z.ZodType, input: unknown) => schema.safeParse(input).error?.issues ?? [];

describe("zod, as far as messages rely on it", () => {
  const first = z.strictObject({ name: z.literal("first").optional().default("first"), a: z.number().default(1) });
  const second = z.strictObject({ name: z.literal("second") });
  const union = z.discriminatedUnion("name", [first, second]);

  it("says by which key a union tells its options apart, and which names it knows", () => {
    expect(union._zod.def.discriminator).toBe("name");
    expect(issuesOf(union, { name: "third" })).toMatchObject([
      { code: "invalid_union", discriminator: "name", options: ["first", undefined, "second"], path: ["name"] },
    ]);
  });

  it("says which names an option answers to, nothing among them where its name may be left out", () => {
    expect(first._zod.propValues?.name).toEqual(new Set(["first", undefined]));
    expect(second._zod.propValues?.name).toEqual(new Set(["second"]));
  });

  it("wraps a schema in nodes that name what they wrap", () => {
    const wraps = [
      z.number().optional(),
      z.number().nullable(),
      z.number().default(1),
      z.number().prefault(1),
      z.number().readonly(),
      z.number().catch(1),
    ];
    for (const schema of wraps) expect(schema._zod.def.innerType._zod.def.type).toBe("number");
    expect(z.number().transform(String)._zod.def.in._zod.def.type).toBe("number");
    expect(z.lazy(() => z.number())._zod.def.getter()._zod.def.type).toBe("number");
    expect(z.number().refine(() => true)._zod.def.type).toBe("number");
  });

  it("marks integers by their format", () => {
    expect(z.int()._zod.def.format).toBe("safeint");
    expect(z.number()._zod.def).not.toHaveProperty("format");
  });

  it("puts a schema's own words before those of the parse, and the parse's before its own", () => {
    const error = () => "the parse's";
    const plain = z.union([z.number(), z.boolean()]);
    const worded = z.union([z.number(), z.boolean()], "the schema's");
    expect(plain.safeParse("x", { error }).error?.issues[0].message).toBe("the parse's");
    expect(worded.safeParse("x", { error }).error?.issues[0].message).toBe("the schema's");
    expect(plain.safeParse("x", { error: () => "" }).error?.issues[0].message).toBe("");
  });
});
