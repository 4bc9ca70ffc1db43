// Puts the parts together, and looks again from time to time.
import { get, call, callLong } from "./api.js";
import { byId, h, problem, show } from "./dom.js";
import { cards } from "./card.js";
import { timeline, snapshots } from "./history.js";
import { curves } from "./curves.js";
import { alarms } from "./alarms.js";
import { questions } from "./questions.js";

const LOOK_AGAIN_MILLIS = 60_000;
const ASK_AGAIN_MILLIS = 5_000;

/** Fills one part; a part that fails says so, and the others go on. */
async function part(element, fill) {
  try {
    show(element, ...(await fill()));
  } catch (error) {
    // The card offers the way out of this one; said once is enough.
    show(element, error.code === "config-missing" ? h("p", { class: "quiet" }, "Nothing yet.") : problem(error));
  }
}

const unlessUnconfigured = (error) => {
  if (error.code === "config-missing") return { alarms: [] };
  throw error;
};

/** Nobody may lose what they are typing. */
const isTyping = () => ["INPUT", "TEXTAREA"].includes(document.activeElement?.tagName);

export async function refresh(force = true) {
  await Promise.all([
    part(byId("cards"), async () => {
      const [graph, runs] = await Promise.all([get(force ? "/api/control/graph?force=1" : "/api/control/graph"), get("/api/runs").catch(() => null)]);
      return cards(graph, runs, refresh);
    }),
    part(byId("alarms"), async () => alarms(await call("data_alarms").catch(unlessUnconfigured), refresh)),
    part(byId("snapshots"), async () => {
      const [list, sweep, undo] = await Promise.all([
        get("/api/snapshots"),
        call("data_prune", { dry_run: true, local_only: true }).catch(() => ({ decisions: [] })),
        callLong("data_rollback", { dry_run: true }, () => {}).catch(() => null),
      ]);
      const runs = await get("/api/runs").catch(() => ({ runs: [] }));
      await part(byId("timeline"), async () => timeline(list, sweep, runs.runs ?? []));
      return snapshots(list, sweep, undo, refresh);
    }),
    part(byId("curve-list"), async () => curves(await get("/api/curves"))),
  ]);
  document.body.dataset.ready = "true";
  performance.mark("usable");
}

/** Somebody waits for these, so they are looked for often; what is shown already stays. */
let asked = "";
async function refreshQuestions() {
  try {
    const open = (await get("/api/questions")).questions;
    const codes = open.map((each) => each.code).join();
    if (codes === asked) return;
    asked = codes;
    show(byId("questions"), ...questions(open, refreshQuestions));
  } catch {
    // The rest of the page says that the server is gone.
  }
}

refresh(false);
refreshQuestions();
setInterval(() => { if (!document.hidden) refreshQuestions(); }, ASK_AGAIN_MILLIS);
setInterval(() => { if (!document.hidden && !isTyping() && !byId("dialog").open) refresh(false); }, LOOK_AGAIN_MILLIS);
