import "../../reports/page/report.css";
import "./lab.css";
import { followTheme } from "../../reports/page/theme.js";
import { type Address, readAddress } from "./address.js";
import { AgentView, agentLead } from "./agent-view.js";
import { ChaptersView, chaptersLead } from "./chapters-view.js";
import { GamesView, gamesLead } from "./games-view.js";
import { GanView, ganLead } from "./gan-view.js";
import type { Stage } from "./messages.js";
import { type Asking, type Speed, StagePage, type View } from "./stage.js";

interface Known {
  readonly title: string;
  readonly lead: readonly string[];
  readonly speeds: readonly Speed[];
  readonly plays?: boolean;
  view(asking: Asking): View;
}

const fast = { label: "as fast as it goes", steps: 1_000_000 };
const paces = (...steps: readonly number[]): Speed[] =>
  steps.map((count) => ({ label: `${count} a frame`, steps: count }));

const known: Readonly<Record<Stage, Known>> = {
  games: {
    title: "Small games",
    lead: gamesLead,
    speeds: [fast, ...paces(1, 100, 10)],
    view: (asking) => new GamesView(asking),
  },
  gan: {
    title: "A GAN in the plane",
    lead: ganLead,
    speeds: [...paces(1, 5), fast],
    view: (asking) => new GanView(asking),
  },
  agent: {
    title: "Two agents, two optimizers",
    lead: agentLead,
    speeds: [fast, ...paces(5, 1)],
    view: (asking) => new AgentView(asking),
  },
  chapters: {
    title: "Claims of two chapters",
    lead: chaptersLead,
    speeds: [...paces(1, 10, 100), fast],
    plays: true,
    view: (asking) => new ChaptersView(asking, () => theme.current()),
  },
};

const place = document.getElementById("stage");
const title = document.getElementById("title");
let page: StagePage | undefined;
let stage: Stage | undefined;

const theme = followTheme(() => page?.redraw());

function show(address: Address): void {
  if (address.stage !== stage) {
    page?.close();
    const { lead, speeds, view, title: words, plays = false } = known[address.stage];
    page = new StagePage(address, lead, speeds, view, () => theme.current(), plays);
    place?.replaceChildren(page.element);
    if (title !== null) title.textContent = words;
    document.title = `${words} · Ringdown lab`;
    for (const link of document.querySelectorAll<HTMLAnchorElement>("nav a")) {
      if (link.hash === `#/${address.stage}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    stage = address.stage;
  }
  void page?.show(address);
}

// Back, forward and links; what the page itself writes into the address says nothing.
addEventListener("popstate", () => show(readAddress(location.hash)));
addEventListener("resize", () => page?.redraw());
show(readAddress(location.hash));
