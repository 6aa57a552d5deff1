import { InputError } from "../../config/input-error.js";
import type { Answer, Request, Stage } from "../messages.js";
import type { ClaimTest } from "./chapters/test.js";
import type { Session } from "./session.js";
import { readSettings, type Settings } from "./settings.js";

// A stage's worker: the engine and the training. It answers requests in order; between two it waits.

/** Each stage is a script of its own, for which no other stage waits. */
const sessions: Readonly<Record<Stage, (settings: Settings, points: string) => Promise<Session>>> = {
  games: async (settings) => (await import("./games.js")).gamesSession(settings),
  gan: async (settings, points) => (await import("./gan.js")).ganSession(settings, points),
  agent: async (settings) => new (await import("./agent.js")).AgentSession(settings),
  chapters: async (settings) => (await import("./chapters/session.js")).claimSession(settings),
};

let session: Session | undefined;
let begun: { readonly stage: Stage; readonly points: string } | undefined;
let test: { readonly claim: string; readonly under: ClaimTest } | undefined;
let answered: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  answered = answered.then(async () => postMessage(await answer(data)));
  // An error is the page's to hear of, as one of the worker's.
  answered.catch((error) => setTimeout(() => Promise.reject(error)));
});

async function answer(request: Request): Promise<Answer> {
  try {
    return await fulfil(request);
  } catch (error) {
    if (error instanceof InputError) return { kind: "refused", message: error.message };
    throw error;
  }
}

async function fulfil(request: Request): Promise<Answer> {
  if (request.kind === "test") return { kind: "tested", tested: await testOn(request) };
  if (request.kind === "start") {
    const { stage, points } = request;
    session = await sessions[stage](readSettings(request.assignments), points);
    begun = { stage, points };
    return { kind: "started", setup: session.setup, frame: session.frame() };
  }
  if (session === undefined || begun === undefined) throw new Error("a session is to be started first");
  switch (request.kind) {
    case "change": {
      const settings = readSettings(request.assignments);
      const goesOn = session.change(settings);
      if (!goesOn) session = await sessions[begun.stage](settings, begun.points);
      return { kind: "changed", setup: session.setup, goesOn, frame: session.frame() };
    }
    case "advance": {
      const end = performance.now() + request.milliseconds;
      session.advance(request.steps, () => performance.now() >= end);
      return { kind: "frame", frame: session.frame() };
    }
    case "press":
      return { kind: "pressed", assignments: session.press?.(request.parameter, request.value) ?? [] };
    case "inspect":
      return { kind: "inspected", inspection: session.inspect(request.half) };
  }
}

async function testOn({ claim, milliseconds }: Extract<Request, { readonly kind: "test" }>) {
  if (test?.claim !== claim) test = { claim, under: new (await import("./chapters/test.js")).ClaimTest(claim) };
  const end = performance.now() + milliseconds;
  return test.under.advance(() => performance.now() >= end);
}
