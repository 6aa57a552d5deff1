// How fast the built lab is in Chromium: npm run bench:lab. What is compared is measured in turns, since a machine's
// speed changes from minute to minute; the ratio of the two medians is what counts.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { staticServer } from "../../dist/src/cli/static-server.js";

const rounds = 5;
const steps = 600;
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ring = ["game.name=ring", "network.hidden=[64,64]", "optimizer.name=rmsprop", "optimizer.lr=0.001"];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const server = staticServer("dist/lab");
await once(server.listen(0, "127.0.0.1"), "listening");
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  await firstSight();
  await drawing();
  await withoutDrawing();
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}

/** Each time in a browser context that has nothing kept, until the worker's first answer is shown. */
async function firstSight() {
  for (const stage of ["games", "gan", "agent", "chapters"]) {
    const times = [];
    let scripts = [];
    for (let i = 0; i < rounds; i++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      scripts = [];
      page.on("response", (response) => scripts.push(response.body()));
      const begun = performance.now();
      await page.goto(`${origin}/#/${stage}`);
      await page.locator(".hash").first().waitFor();
      times.push(performance.now() - begun);
      scripts = (await Promise.all(scripts)).map((body) => gzipSync(body, { level: 9 }).length);
      await context.close();
    }
    const size = scripts.reduce((sum, one) => sum + one, 0) / 1000;
    console.log(
      `first sight of ${stage}: ${Math.round(median(times))} ms (median of ${rounds}), ${Math.round(size)} kB compressed`,
    );
  }
}

/**
 * The ring GAN of 64-64 as fast as it goes, drawn: the pace that the page says of itself, and the time that the page's own
 * thread computes a frame, which another program's work does not lengthen.
 */
async function drawing() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const counted = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration").value;
    return { seconds, frames: await page.evaluate(() => window.drawnFrames) };
  };
  await page.addInitScript(() => {
    window.drawnFrames = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (call) =>
      ask((now) => {
        window.drawnFrames++;
        call(now);
      });
  });
  await page.goto(`${origin}/#/gan?${[...ring, "steps=100000"].join("&")}`);
  await page.locator(".hash").first().waitFor();
  await page.getByLabel("Speed").selectOption({ label: "as fast as it goes" });
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForTimeout(2000);
  const before = await counted();
  const paces = [];
  for (let i = 0; i < rounds; i++) {
    await page.waitForTimeout(3000);
    const words = await page.locator(".pace").innerText();
    paces.push(words.match(/\d[\d,]*/g).map((text) => Number(text.replaceAll(",", ""))));
  }
  const after = await counted();
  const [stepRate, frameRate] = [0, 1].map((k) => median(paces.map((pace) => pace[k])));
  const perFrame = (1000 * (after.seconds - before.seconds)) / (after.frames - before.frames);
  console.log(
    `drawing the ring GAN of 64-64: ${stepRate} steps/s at ${frameRate} frames/s (medians of ${rounds}); a frame takes ${perFrame.toFixed(1)} ms of the page's thread`,
  );
  await page.context().close();
}

/** The same run by the page's worker alone, and by the command line on the same engine. */
async function withoutDrawing() {
  const worker = `/assets/${readdirSync("dist/lab/assets").find((file) => /^main-.*\.js$/.test(file))}`;
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  const inWorker = () => page.evaluate(timeWorker, { worker, assignments: ring, steps });
  const sets = ring.filter((text) => !text.startsWith("game.name")).flatMap((text) => ["--set", text]);
  const command = [
    "dist/src/cli/main.js",
    "play",
    "ring",
    "--engine",
    "wasm",
    "--steps",
    String(steps),
    "--json",
    ...sets,
  ];
  const inNode = () =>
    JSON.parse(
      execFileSync(process.execPath, command, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
        .trim()
        .split("\n")
        .at(-1),
    ).stepsPerSecond;
  const [browserRates, nodeRates] = [[], []];
  for (let i = 0; i < rounds; i++) {
    browserRates.push(await inWorker());
    nodeRates.push(inNode());
  }
  const [here, there] = [median(browserRates), median(nodeRates)];
  console.log(
    `without drawing: ${Math.round(here)} steps/s in the worker, ${Math.round(there)} in Node; ratio ${(here / there).toFixed(2)} (medians of ${rounds}, in turns)`,
  );
}

/** Within the page: steps a second of a worker, after a start. */
async function timeWorker({ worker, assignments, steps }) {
  const under = new Worker(worker, { type: "module" });
  const ask = (request) =>
    new Promise((resolve) => {
      under.onmessage = resolve;
      under.postMessage(request);
    });
  await ask({ kind: "start", stage: "gan", assignments, points: "" });
  await ask({ kind: "advance", steps: 50, milliseconds: 1e9 });
  const begun = performance.now();
  await ask({ kind: "advance", steps, milliseconds: 1e9 });
  const seconds = (performance.now() - begun) / 1000;
  under.terminate();
  return steps / seconds;
}
