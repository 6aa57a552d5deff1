import { InputError } from "../../config/input-error.js";
import type { Answer, Request, Stage } from "../messages.js";
import { AgentSession } from "./agent.js";
import { gamesSession } from "./games.js";
import { ganSession } from "./gan.js";
import type { Session } from "./session.js";
import { readSettings, type Settings } from "./settings.js";

// A stage's worker: the engine and the training. It answers requests in order; between two it waits.

const sessions: Readonly<Record<Stage, (settings: Settings, points: string) => Session>> = {
  games: gamesSession,
  gan: ganSession,
  agent: (settings) => new AgentSession(settings),
};

let session: Session | undefined;
let begun: { readonly stage: Stage; readonly points: string } | undefined;

addEventListener("message", ({ data }: MessageEvent<Request>) => postMessage(answer(data)));

function answer(request: Request): Answer {
  try {
    return fulfil(request);
  } catch (error) {
    if (error instanceof InputError) return { kind: "refused", message: error.message };
    throw error;
  }
}

function fulfil(request: Request): Answer {
  if (request.kind === "start") {
    const { stage, points } = request;
    session = sessions[stage](readSettings(request.assignments), points);
    begun = { stage, points };
    return { kind: "started", setup: session.setup, frame: session.frame() };
  }
  if (session === undefined || begun === undefined) throw new Error("a session is to be started first");
  switch (request.kind) {
    case "change": {
      const settings = readSettings(request.assignments);
      const goesOn = session.change(settings);
      if (!goesOn) session = sessions[begun.stage](settings, begun.points);
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
