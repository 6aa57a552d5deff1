import { z } from "zod";
import { check } from "../../src/config/check.js";
import { InputError } from "../../src/config/input-error.js";
import { show } from "../../src/config/show.js";
import { Box, Discrete, type Space } from "../spaces/index.js";
import { Program, type ProgramOptions } from "./program.js";

/** The version of the protocol (README.md beside this file). A program of another one is refused. */
export const protocolVersion = 1;

/** More numbers than any observation has: a bound before memory is allocated. */
const mostNumbers = 1_000_000;

const bounds = z.array(z.number().nullable()).min(1).max(mostNumbers);
const spaceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("discrete").describe("one of n elements"),
    n: z.int().positive().max(mostNumbers).describe("how many elements"),
    start: z.int().default(0).describe("the first element"),
  }),
  z.strictObject({
    kind: z.literal("box").describe("numbers, each within its bounds"),
    low: bounds.describe("the least value of each number; null for none"),
    high: bounds.describe("the greatest value of each number; null for none"),
  }),
]);

const parameterSchema = z.strictObject({
  default: z.number().describe("its value before anything is set"),
  description: z.string().default("").describe("what it is, with its unit"),
  positive: z.boolean().default(false).describe("whether only positive values are taken"),
});

/** What a program says of its environment. */
export const descriptionSchema = z.strictObject({
  name: z.string().min(1).describe("of the environment, `CartPole-v1`"),
  version: z.string().min(1).describe("of whatever decides what it does, `gymnasium 1.3.0`"),
  observationSpace: spaceSchema.describe("what the agent sees"),
  actionSpace: spaceSchema.describe("what the agent may do"),
  maxEpisodeSteps: z.int().positive().nullable().default(null).describe("null where episodes have no limit"),
  parameters: z.record(z.string(), parameterSchema).default({}).describe("what may be set and may drift"),
});
export type Description = z.output<typeof descriptionSchema>;

/**
 * A program that has made its environment.
 *
 * @throws InputError where it speaks another version of the protocol, or describes no environment
 */
export function startProgram(
  options: ProgramOptions,
  folder: string,
  copies: number,
): { readonly program: Program; readonly description: Description } {
  const program = new Program(options, folder);
  try {
    const { protocol, ...answer } = program.ask({ op: "make", protocol: protocolVersion, copies });
    const name = options.command.join(" ");
    if (protocol !== protocolVersion) {
      throw new InputError(`${name}: make: expected protocol ${protocolVersion}, found ${show(protocol)}`);
    }
    return { program, description: check(descriptionSchema, answer, `${name}: make`) };
  } catch (error) {
    program.close();
    throw error;
  }
}

export function toSpace(space: Description["actionSpace"]): Space {
  if (space.kind === "discrete") return new Discrete(space.n, space.start);
  return new Box(
    space.low.map((bound) => bound ?? Number.NEGATIVE_INFINITY),
    space.high.map((bound) => bound ?? Number.POSITIVE_INFINITY),
  );
}
