import type { Section } from "../parts/findings.js";
import type { TestedClaim } from "./claim.js";

/** Every claim in a row: its words, its verdict, the number that decides, and where the chapters make it. */
export function cover(tested: readonly TestedClaim[]): Section {
  return {
    heading: "The claims",
    content: [
      {
        header: ["claim", "in words", "verdict", "what decides", "source"],
        rows: tested.map(({ claim, verdict, decides }) => [
          `[${claim.name}](#${claim.name})`,
          claim.words,
          verdict,
          decides,
          claim.source,
        ]),
      },
    ],
  };
}
