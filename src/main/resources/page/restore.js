// Restores and roll-backs: first the plan, then the deed, and in between somebody's clear word.
import { call, callLong } from "./api.js";
import { progressBar } from "./card.js";
import { byId, h, number, problem, say, show, span, table } from "./dom.js";

const dialog = () => byId("dialog");
const closeButton = (text = "Close") => h("button", { id: "dialog-close", type: "button", onclick: () => dialog().close() }, text);

function step(title, ...children) {
  show(dialog(), h("h2", { id: "dialog-title", tabindex: "-1" }, title), ...children);
  if (!dialog().open) dialog().showModal();
  byId("dialog-title").focus();
}

/** What would be lost, table by table. */
export function stakes({ question, age_seconds, losses, warnings }) {
  return h("div", {},
    h("p", {}, h("strong", {}, question)),
    age_seconds !== null && h("p", {}, `That data is ${span(age_seconds)} old.`),
    losses.length === 0 ? null : table(
      ["Table", { text: "Rows now", number: true }, { text: "Would be lost", number: true }, { text: "Get older values", number: true }, { text: "Come back", number: true }],
      losses.map((loss) => h("tr", {}, h("td", {}, `${loss.database}.${loss.table}`),
        [loss.rows_now, loss.lost, loss.reverted, loss.returning].map((count) => h("td", { class: "number" }, count === null ? "–" : number(count))))),
      { "aria-label": "What changes" }),
    warnings.map((warning) => h("p", {}, `▲ ${warning}`)));
}

/**
 * Plan, confirm, do. `type` is what has to be typed before it may be done; nothing where it is empty.
 * `overrule` goes on where a guard refuses; nothing where that cannot be.
 */
export async function guided(flow) {
  const { title, capability, parameters, type, verb, planned } = flow;
  step(title, h("p", { class: "quiet", role: "status" }, "Making the plan …"), closeButton("Cancel"));
  let plan;
  try {
    plan = await call(capability, parameters);
  } catch (error) {
    refused(flow, error, h("button", { id: "plan-again", onclick: () => guided(flow) }, "Try again"));
    return;
  }
  const go = h("button", { class: "danger", id: "confirm", disabled: Boolean(type) }, verb);
  const input = type && h("input", { type: "text", id: "confirm-id", autocomplete: "off", spellcheck: "false",
    oninput: (event) => { go.disabled = event.currentTarget.value.trim() !== type; } });
  step(title,
    stakes(plan.confirmation), planned?.(plan),
    h("form", { onsubmit: (event) => {
        event.preventDefault();
        if (!go.disabled) carryOut(flow, plan.confirmation.token);
      } },
      type && [h("label", { for: "confirm-id" }, "To confirm, type ", h("code", {}, type)), input],
      h("div", { class: "row" }, go, closeButton("Cancel"))));
  (input || go).focus();
}

async function carryOut(flow, confirmation) {
  const { title, capability, parameters, done, refresh } = flow;
  const told = progressBar(title);
  step(title, told.element, h("p", { class: "quiet" }, "It goes on when this window is closed."));
  try {
    const result = await callLong(capability, { ...parameters, confirmation }, told.update);
    step(title, done(result));
    say("Done.");
  } catch (error) {
    refused(flow, error);
  }
  byId("dialog-close")?.focus();
  await refresh();
}

/** A hint names --force exactly where a guard can be passed over; damage is never one of those. */
function refused({ title, overrule }, error, again) {
  const forceable = overrule && error.hint?.includes("--force");
  step(title, problem(error), h("div", { class: "row" }, closeButton(), again,
    forceable && h("button", { id: "overrule", onclick: () => overrule(error) }, "Restore all the same …")));
}

/** Nobody passes a guard over without having read why it is there. */
function askToForce(id, guard, refresh, only) {
  step(`Restore ${id} all the same?`,
    h("p", {}, "A guard refused this restore:"),
    h("div", { class: "problem" }, h("p", {}, guard.message)),
    h("p", {}, "Forced, the data is put in place although the application may not be able to use it. "
      + "Damaged data is refused even then, and what is there now is kept: the restore can be taken back."),
    h("div", { class: "row" }, closeButton("Cancel"),
      h("button", { id: "force", class: "danger", onclick: () => openRestore(id, refresh, guard, only) }, "Show the plan without this guard")));
}

/** `guard` is what refused it before, and is passed over now; `only` names databases, where not all are meant. */
export function openRestore(id, refresh, guard, only) {
  return guided({
    title: guard ? `Restore ${id}, forced` : `Restore ${id}`, capability: "data_restore", type: id, verb: "Restore", refresh,
    parameters: { snapshot_id: id, ...(guard && { force: true }), ...(only && { only }) },
    overrule: guard ? null : (error) => askToForce(id, error, refresh, only),
    planned: ({ plan }) => h("div", {},
      guard && h("p", {}, `▲ Passed over: ${guard.message}`),
      h("details", {}, h("summary", {}, "The plan"),
        h("p", {}, `Into ${plan.target}`),
        h("ul", {}, plan.databases.map((each) => h("li", {}, `${each.name}: ${number(each.rows)} rows${each.replaces ? ", replaces what is there" : ", new"}`))),
        plan.missing.map((each) => problem({ message: `${each.database} is not in the snapshot: ${each.detail}` })),
        plan.carried_over.length > 0 && h("p", {}, `Stays as it is: ${plan.carried_over.join(", ")}`))),
    done: (result) => h("div", {},
      h("p", {}, "✓ The data is back, and checked."),
      result.kept && h("p", {}, "What was there before is kept in ", h("code", {}, result.kept)),
      result.warnings.map((warning) => h("p", {}, `▲ ${warning}`)),
      h("div", { class: "row" }, closeButton(),
        h("button", { id: "undo", onclick: () => openRollback(refresh) }, "Take this restore back"))),
  });
}

export function openRollback(refresh) {
  return guided({
    title: "Take the last restore back", capability: "data_rollback", parameters: {}, type: "", verb: "Take it back", refresh,
    done: (result) => h("div", {}, h("p", {}, "✓ What the restore replaced is back."),
      result.kept && h("p", {}, "What was there until now is kept in ", h("code", {}, result.kept)),
      result.warnings.map((warning) => h("p", {}, `▲ ${warning}`)), closeButton()),
  });
}
