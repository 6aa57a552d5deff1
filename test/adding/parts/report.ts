import type { Addition } from "../addition.js";

export const report: Addition = {
  kind: "report",
  most: 2,
  folder: "reports/added",
  writes: {
    "reports/added/study.yaml": `name: added
title: Does a larger step go further?
experiments:
  steps:
    task: game
    config: { game: { name: bilinear, start: [1, 0] }, order: simultaneous, steps: 20 }
    grid:
      optimizer:
        small: { name: sgd, lr: 0.01 }
        large: { name: sgd, lr: 0.1 }
    seeds: [1]
`,
    "reports/added/steps.ts": `import { z } from "zod";
import { colours } from "../parts/colours.js";
import { pathOf } from "../parts/game/tables.js";
import { marks } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { number } from "../parts/text.js";

export const steps = experiment({
  needs: { steps: z.object({ optimizer: z.object({ lr: z.number() }) }) },
  async find({ steps: { runs } }) {
    const ends = await Promise.all(
      runs.map(async (run) => {
        const { x, y } = await pathOf(run);
        return { x: run.config.optimizer.lr, y: Math.hypot(x[x.length - 1], y[y.length - 1]) };
      }),
    );
    const [small, large] = ends;
    return {
      verdicts: [
        {
          claim: "The larger step goes further.",
          verdict: large.y > small.y ? "true" : "false",
          because: \`\${number(small.y)} against \${number(large.y)}.\`,
        },
      ],
      sections: [
        {
          heading: "Where the paths end",
          figure: {
            file: "ends.png",
            title: "Where the paths end",
            caption: "",
            columns: 1,
            panels: [{ title: "", x: { title: "η" }, y: { title: "distance" }, series: [marks("end", ends, colours.blue)] }],
          },
          content: [{ header: ["η", "distance"], rows: ends.map(({ x, y }) => [number(x), number(y)]) }],
        },
      ],
    };
  },
});
`,
    "reports/added/report.ts": `import { reportOf } from "../parts/report.js";
import { steps } from "./steps.js";

export const addedReport = reportOf("The bilinear game is left the faster, the larger the step.", [steps]);
`,
  },
  inserts: [
    { file: "reports/index.ts", text: 'import { addedReport } from "./added/report.js";\n' },
    { file: "reports/index.ts", after: "  adaptation: adaptationReport,\n", text: "  added: addedReport,\n" },
  ],
  listed: ["studies", "added"],
  use: ["run", "added"],
};
