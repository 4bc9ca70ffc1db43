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
function stakes({ question, age_seconds, losses, warnings }) {
  return h("div", {},
    h("p", {}, h("strong", {}, question)),
    age_seconds !== null && h("p", {}, `That data is ${span(age_seconds)} old.`),
    losses.length === 0 ? null : table(
      ["Table", { text: "Rows now", number: true }, { text: "Would be lost", number: true }, { text: "Get older values", number: true }, { text: "Come back", number: true }],
      losses.map((loss) => h("tr", {}, h("td", {}, `${loss.database}.${loss.table}`),
        [loss.rows_now, loss.lost, loss.reverted, loss.returning].map((count) => h("td", { class: "number" }, number(count))))),
      { "aria-label": "What changes" }),
    warnings.map((warning) => h("p", {}, `▲ ${warning}`)));
}

/**
 * Plan, confirm, do. `type` is what has to be typed before it may be done; nothing where it is empty.
 */
export async function guided({ title, capability, parameters, type, verb, planned, done, refresh }) {
  step(title, h("p", { class: "quiet", role: "status" }, "Making the plan …"), closeButton("Cancel"));
  let plan;
  try {
    plan = await call(capability, parameters);
  } catch (error) {
    step(title, problem(error), h("div", { class: "row" }, closeButton(),
      h("button", { id: "plan-again", onclick: () => guided({ title, capability, parameters, type, verb, planned, done, refresh }) }, "Try again")));
    return;
  }
  const go = h("button", { class: "danger", id: "confirm", disabled: Boolean(type) }, verb);
  const input = type && h("input", { type: "text", id: "confirm-id", autocomplete: "off", spellcheck: "false",
    oninput: (event) => { go.disabled = event.currentTarget.value.trim() !== type; } });
  step(title,
    stakes(plan.confirmation), planned?.(plan),
    h("form", { onsubmit: (event) => {
        event.preventDefault();
        if (!go.disabled) carryOut({ title, capability, parameters: { ...parameters, confirmation: plan.confirmation.token }, done, refresh });
      } },
      type && [h("label", { for: "confirm-id" }, "To confirm, type ", h("code", {}, type)), input],
      h("div", { class: "row" }, go, closeButton("Cancel"))));
  (input || go).focus();
}

async function carryOut({ title, capability, parameters, done, refresh }) {
  const told = progressBar(title);
  step(title, told.element, h("p", { class: "quiet" }, "It goes on when this window is closed."));
  try {
    const result = await callLong(capability, parameters, told.update);
    step(title, done(result));
    say("Done.");
  } catch (error) {
    step(title, problem(error), closeButton());
  }
  byId("dialog-close")?.focus();
  await refresh();
}

export function openRestore(id, refresh) {
  return guided({
    title: `Restore ${id}`, capability: "data_restore", parameters: { snapshot_id: id }, type: id, verb: "Restore", refresh,
    planned: ({ plan }) => h("details", {}, h("summary", {}, "The plan"),
      h("p", {}, `Into ${plan.target}`),
      h("ul", {}, plan.databases.map((each) => h("li", {}, `${each.name}: ${number(each.rows)} rows${each.replaces ? ", replaces what is there" : ", new"}`))),
      plan.missing.map((each) => problem({ message: `${each.database} is not in the snapshot: ${each.detail}` })),
      plan.carried_over.length > 0 && h("p", {}, `Stays as it is: ${plan.carried_over.join(", ")}`)),
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
