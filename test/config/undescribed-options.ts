import type { z } from "zod";

/** The paths of all options in a schema that have no description; names and literals, which say it all, need none. */
export function undescribedOptions(schema: z.core.$ZodType, path = ""): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object":
      return Object.entries(def.shape).flatMap(([key, option]) => {
        const at = `${path}.${key}`;
        return [...(isDescribed(option) ? [] : [at]), ...undescribedOptions(option, at)];
      });
    case "union":
      return def.options.flatMap((option) => undescribedOptions(option, `${path}.${nameOf(option)}`));
    case "array":
      return undescribedOptions(def.element, path);
    case "pipe":
      return undescribedOptions(def.in, path);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
      return undescribedOptions(def.innerType, path);
    default:
      return [];
  }
}

function isDescribed(schema: z.core.$ZodType): boolean {
  if ((schema as z.ZodType).description !== undefined) return true;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "literal") return true;
  return "innerType" in def && isDescribed(def.innerType);
}

function nameOf(option: z.core.$ZodType): string {
  return [...(option._zod.propValues?.name ?? [])].map(String).join("|");
}
