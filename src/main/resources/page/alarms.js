// Alarms: what looks lost, what exactly it was, and the way to bring it back.
import { call, callAtOnce } from "./api.js";
import { ago, h, number, problem, say, show, table } from "./dom.js";
import { guided, openRestore } from "./restore.js";

export function alarms(list, refresh) {
  return list.alarms.map((alarm) => banner(alarm, refresh));
}

// One of a history that was here before, its namespace before its id, is not on this machine.
function isHere(alarm) {
  return alarm.good_snapshot && !alarm.good_snapshot.includes("/");
}

function banner(alarm, refresh) {
  const place = h("div", {});
  const scope = {
    databases: alarm.database ? [alarm.database] : [],
    tables: alarm.table ? [alarm.table] : [],
  };
  return h("div", { class: "alarm", role: "alert" },
    h("h2", {}, "Data looks lost"),
    h("p", {}, alarm.detail),
    h("p", { class: "quiet" }, `Noticed ${ago(alarm.raised_at)}. Nothing is deleted while this is open.`),
    h("div", { class: "row" },
      isHere(alarm) && h("button", { id: `lost-${alarm.id}`, onclick: (event) => whatWasLost(event, alarm, scope, place) }, "What was lost"),
      isHere(alarm) && remedy(alarm, scope, refresh),
      h("button", { id: `ack-${alarm.id}`, onclick: () => putAside(alarm, place, refresh) }, "It is all right …")),
    place);
}

// What brings it back is told with the alarm: rows, or the database as a whole.
function remedy(alarm, scope, refresh) {
  if (alarm.remedy === "rescue" || alarm.remedy === "recreate") return h("button", { id: `rescue-${alarm.id}`, class: "main", onclick: () => bringBack(alarm, scope, refresh) }, "Bring it back …");
  if (alarm.remedy === "restore") return h("button", { id: `restore-${alarm.id}`, class: "main", onclick: () => openRestore(alarm.good_snapshot, refresh, null, scope.databases) }, "Put the database back …");
  return null;
}

async function whatWasLost(event, alarm, scope, place) {
  const button = event.currentTarget;
  button.disabled = true;
  show(place, h("p", { role: "status" }, "Comparing …"));
  try {
    const diff = await call("data_diff", { before: alarm.good_snapshot, ...scope, rows: true, limit: 5 });
    show(place, diff.databases.map((database) => differences(database)), diff.warnings.map((warning) => h("p", {}, `▲ ${warning}`)));
  } catch (error) {
    show(place, problem(error));
  }
  button.disabled = false;
}

function differences({ database, tables }) {
  return table(["Table", { text: "Rows then", number: true }, { text: "Rows now", number: true }, { text: "Gone", number: true }, { text: "Changed", number: true }, { text: "New", number: true }, "For example"],
    tables.map((each) => h("tr", {}, h("td", {}, `${database}.${each.table}`),
      [each.before, each.after, each.rows?.removed, each.rows?.changed, each.rows?.added].map((count) => h("td", { class: "number" }, count === null || count === undefined ? "–" : number(count))),
      h("td", {}, each.rows?.changes.filter((change) => change.change === "removed").slice(0, 1).map((change) => JSON.stringify(change.before)).join() ?? ""))),
    { "aria-label": `What differs in ${database}` });
}

function bringBack(alarm, scope, refresh) {
  return guided({
    title: "Bring lost rows back", capability: "data_rescue", verb: "Bring them back", type: "", refresh,
    parameters: { snapshot_id: alarm.good_snapshot, ...scope, apply: true, ...(alarm.remedy === "recreate" && { recreate: true }) },
    planned: (plan) => rescued(plan, "Come back"),
    done: (result) => h("div", {}, h("p", {}, result.status === "done" ? "✓ The rows are back. Everything written since is kept." : "▲ Not everything is back. Everything written since is kept."), rescued(result, "Came back"),
      result.snapshot_before && h("p", {}, "Before it a snapshot was taken: ", h("code", {}, result.snapshot_before)),
      h("button", { id: "dialog-close", onclick: (event) => event.currentTarget.closest("dialog").close() }, "Close")),
  });
}

function rescued(result, heading) {
  return h("div", {},
    table(["Table", { text: "Missing", number: true }, { text: heading, number: true }, { text: "Place taken", number: true }, { text: "Parent gone", number: true }],
      result.databases.flatMap((database) => database.tables.filter((each) => each.missing > 0).map((each) => h("tr", {},
        h("td", {}, `${database.database}.${each.table}`),
        [each.missing, result.dry_run ? each.missing - (each.replaces ? 0 : each.conflicts) - each.orphans : each.restored, each.conflicts, each.orphans].map((count) => h("td", { class: "number" }, number(count)))))),
      { "aria-label": "Rows that come back" }),
    result.databases.flatMap((database) => database.left_out.map((each) => h("p", {}, `▲ ${database.database}.${each.table} takes no part: ${each.reason}`))),
    result.left.map((each) => h("p", {}, `▲ ${each.database} is left as it is: ${each.reason}. ${each.hint}`)),
    result.warnings.map((warning) => h("p", {}, `▲ ${warning}`)));
}

function putAside(alarm, place, refresh) {
  const why = h("input", { type: "text", id: `why-${alarm.id}`, required: true });
  show(place, h("form", { onsubmit: async (event) => {
      event.preventDefault();
      try {
        await callAtOnce("data_alarms_ack", { alarm_id: alarm.id, why: why.value });
        say("The alarm is acknowledged.");
        await refresh();
      } catch (error) {
        event.target.append(problem(error));
      }
    } },
    h("label", { for: `why-${alarm.id}` }, "What did your investigation find? What is there now becomes the new normal."), why,
    h("p", {}, h("button", { class: "main", id: `put-aside-${alarm.id}` }, "Acknowledge it"))));
  why.focus();
}
