import type { Answer, Request } from "./messages.js";

type AnswerOf<Kind extends Answer["kind"]> = Extract<Answer, { readonly kind: Kind }>;

function isOf<Kind extends Answer["kind"]>(answer: Answer, kind: Kind): answer is AnswerOf<Kind> {
  return answer.kind === kind;
}

/** A stage's worker, from the page's side: each request is answered, in order. */
export class Remote {
  readonly #worker = new Worker(new URL("./worker/main.ts", import.meta.url), { type: "module" });
  readonly #waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#waiting.shift()?.resolve(data));
    this.#worker.addEventListener("error", ({ message }) => this.#waiting.shift()?.reject(new Error(message)));
  }

  /** @throws Refusal where what is asked for cannot be */
  async ask<Kind extends Answer["kind"]>(request: Request, kind: Kind): Promise<AnswerOf<Kind>> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request);
    });
    if (answer.kind === "refused") throw new Refusal(answer.message);
    if (!isOf(answer, kind)) throw new Error(`asked for ${kind}, answered by ${answer.kind}`);
    return answer;
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** Wrong settings, in the words of the schema that refused them. */
export class Refusal extends Error {}
