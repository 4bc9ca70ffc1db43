// The snapshots over time, and as a list.
import { get } from "./api.js";
import { ago, byId, bytes, h, number, problem, s, show, span, table } from "./dom.js";
import { openRestore, openRollback } from "./restore.js";

const LANES = ["hourly", "daily", "weekly", "monthly", "annual", "manual", "agent", "other"];
const TICKS = [[3600, "1 h"], [86400, "1 d"], [604800, "1 w"], [2629800, "1 month"], [31557600, "1 y"]];
const WIDTH = 900, LEFT = 70, LANE = 22, SHOWN = 10;
let showsAll = false;

const reasonsOf = (sweep) => new Map(sweep.decisions.map((each) => [each.id, each.keep ? each.reasons : ["goes at the next sweep"]]));

/** Recent times get more room than old ones. */
function scale(oldest) {
  const far = Math.log1p(Math.max(oldest, 7200) / 1800);
  return (age) => WIDTH - 10 - (Math.log1p(Math.max(0, age) / 1800) / far) * (WIDTH - LEFT - 20);
}

/** Times without a run that are far longer than what is usual here. */
export function gaps(runs) {
  const starts = runs.map((run) => Date.parse(run.started_at)).sort((a, b) => a - b);
  const between = starts.slice(1).map((start, i) => start - starts[i]).sort((a, b) => a - b);
  if (between.length < 3) return [];
  const limit = Math.max(2 * 3600_000, 3 * between[Math.floor(between.length / 2)]);
  return starts.slice(1).map((start, i) => [starts[i], start]).filter(([from, to]) => to - from > limit);
}

export function timeline(list, sweep, runs) {
  if (list.snapshots.length === 0) return [h("p", { class: "quiet" }, "There is no snapshot yet. “Back up now” takes the first.")];
  const reasons = reasonsOf(sweep);
  const oldest = Math.max(...list.snapshots.map((each) => each.age_seconds));
  const x = scale(oldest);
  const now = Date.now();
  const missing = gaps(runs).filter(([from]) => (now - from) / 1000 <= oldest * 1.05);
  const used = LANES.filter((lane) => list.snapshots.some((each) => lanes(each, reasons).includes(lane)));
  const height = used.length * LANE + 26;
  const text = `${list.snapshots.length} snapshots in ${span(oldest)}; ${list.snapshots.filter((each) => each.hold).length} held; `
    + `${list.snapshots.filter((each) => each.alarms.length > 0).length} with alarms; ${missing.length} gaps.`;
  return [h("p", { class: "quiet" }, text, missing.map(([from, to]) => h("span", {}, ` No run for ${span((to - from) / 1000)}, until ${ago(new Date(to).toISOString())}.`))),
    s("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": text },
      missing.map(([from, to]) => s("rect", { class: "gap", x: x((now - from) / 1000), width: Math.max(2, x((now - to) / 1000) - x((now - from) / 1000)), y: 0, height: height - 20 })),
      used.map((lane, i) => [
        s("text", { x: 0, y: i * LANE + 15 }, lane),
        s("line", { class: "lane", x1: LEFT, x2: WIDTH, y1: i * LANE + 11, y2: i * LANE + 11 })]),
      TICKS.filter(([age]) => age < oldest).map(([age, label]) => [
        s("line", { class: "axis", x1: x(age), x2: x(age), y1: 0, y2: height - 20 }),
        s("text", { x: x(age), y: height - 6, "text-anchor": "middle" }, label)]),
      s("text", { x: WIDTH, y: height - 6, "text-anchor": "end" }, "now"),
      list.snapshots.map((each) => lanes(each, reasons).map((lane) => mark(each, x(each.age_seconds), used.indexOf(lane) * LANE + 11))))];
}

function lanes(snapshot, reasons) {
  const found = LANES.filter((lane) => (reasons.get(snapshot.id) ?? []).includes(lane));
  return found.length > 0 ? found : ["other"];
}

function mark(snapshot, x, y) {
  const title = s("title", {}, snapshot.id);
  if (snapshot.alarms.length > 0) return s("path", { class: "mark-alarm", d: `M${x - 6} ${y + 5}L${x} ${y - 6}L${x + 6} ${y + 5}Z` }, title);
  if (snapshot.hold) return s("path", { class: "mark-held", d: `M${x - 6} ${y}L${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}Z` }, title);
  return s("circle", { class: "mark", cx: x, cy: y, r: 4 }, title);
}

export function snapshots(list, sweep, undo, refresh) {
  const reasons = reasonsOf(sweep);
  const shown = showsAll ? list.snapshots : list.snapshots.slice(0, SHOWN);
  return [
    undo && h("p", {}, h("button", { id: "roll-back", onclick: () => openRollback(refresh) }, "Take the last restore back"), " ", h("small", {}, undo.undone)),
    list.snapshots.length > 0 && table(
      ["Snapshot", { text: "Age" }, { text: "Size", number: true }, { text: "Rows", number: true }, "Kept as", "Notes", "What to do"],
      shown.map((each) => h("tr", {},
        h("td", { class: "id" }, each.id),
        h("td", {}, span(each.age_seconds)),
        h("td", { class: "number" }, bytes(each.bytes)),
        h("td", { class: "number" }, number(each.rows), h("span", { class: "narrow" }, " rows")),
        h("td", {}, (reasons.get(each.id) ?? []).join(", ").replaceAll("_", " ")),
        h("td", {}, notes(each)),
        h("td", {}, h("div", { class: "row" },
          h("button", { id: `details-${each.id}`, "aria-label": `Details of ${each.id}`, onclick: () => openDetails(each.id) }, "Details"),
          !each.fault && h("button", { id: `restore-${each.id}`, "aria-label": `Restore ${each.id}`, onclick: () => openRestore(each.id, refresh) }, "Restore …"))))),
      { class: "snapshots", "aria-label": "Snapshots" }),
    shown.length < list.snapshots.length && h("button", { id: "all-snapshots", onclick: () => {
      showsAll = true;
      show(byId("snapshots"), ...snapshots(list, sweep, undo, refresh));
      byId(`details-${list.snapshots[SHOWN].id}`).focus();
    } }, `Show all ${list.snapshots.length}`)];
}

const notes = (each) => [each.state !== "complete" && each.state, each.label, each.hold && `held: ${each.hold.reason}`,
  ...each.alarms.map((alarm) => alarm.detail), each.fault && each.fault.message].filter(Boolean).join("; ");

async function openDetails(id) {
  const dialog = byId("dialog");
  const close = h("button", { id: "dialog-close", onclick: () => dialog.close() }, "Close");
  show(dialog, h("h2", { id: "dialog-title" }, id), h("p", { class: "quiet" }, "Looking …"), close);
  dialog.showModal();
  try {
    const details = await get(`/api/snapshots/${encodeURIComponent(id)}`);
    show(dialog, h("h2", { id: "dialog-title" }, id), manifest(details), close);
  } catch (error) {
    show(dialog, h("h2", { id: "dialog-title" }, id), problem(error), close);
  }
  close.focus();
}

function manifest(details) {
  const it = details.manifest;
  if (!it) return h("p", {}, "Its manifest cannot be read.");
  return h("div", {},
    h("p", {}, `Taken ${ago(it.snapshot_ts)} on ${it.host}, ${bytes(details.snapshot.bytes)} packed.`),
    it.missing.map((each) => problem({ message: `${each.database} is not inside: ${each.detail}` })),
    table(["Database", "Table", { text: "Rows", number: true }, { text: "Schema", number: true }],
      Object.entries(it.row_counts).flatMap(([database, tables]) => Object.entries(tables).map(([name, rows]) => h("tr", {},
        h("td", {}, database), h("td", {}, name), h("td", { class: "number" }, number(rows)), h("td", { class: "number" }, String(it.schema_versions[database] ?? ""))))),
      { "aria-label": "Tables inside" }),
    h("details", {}, h("summary", {}, "The whole manifest"), h("pre", { tabindex: "0" }, JSON.stringify(it, null, 2))),
    h("p", { class: "quiet" }, h("small", {}, details.tarball)));
}
