// Draws a card for each domain of the control graph, from the graph alone.
import { callAtOnce, callLong, post } from "./api.js";
import { ago, byId, bytes, h, problem, s, say, show, state, visible } from "./dom.js";
import { onPage } from "./words.js";

const STATES = {
  ok: "All is well", disabled: "Off", unknown: "Some checks gave no answer", degraded: "Needs attention",
  unconfigured: "Not set up", blocked: "Does not work", warning: "Needs attention", failure: "Missing", broken: "Broken", unwanted: "Off",
};
const opened = new Map();

export function cards(graph, runs, refresh) {
  return graph.nodes.filter((node) => node.kind === "domain").map((domain) => card(domain, graph, runs, refresh));
}

const parts = (graph, node, kind) => graph.nodes.filter((each) => each.parent === node.id && each.kind === kind);
const words = (word) => STATES[word] ?? word;

function card(domain, graph, runs, refresh) {
  const title = `title-${domain.name}`;
  return h("section", { class: "card", "aria-labelledby": title },
    h("div", { class: "row apart" },
      h("div", {}, h("h1", { id: title }, domain.label), h("p", {}, state(domain.effective_state, words(domain.effective_state)))),
      h("div", { class: "row" },
        h("button", { id: "look-again", onclick: (event) => act(event, () => post("/api/control/reprobe"), "Looked again.", refresh) }, "Look again"),
        backUpButton(refresh))),
    h("div", { id: "backup-progress" }),
    graph.next.length > 0 && h("div", {}, h("h2", {}, "What to do"),
      h("ol", {}, graph.next.map((step) => h("li", {}, h("a", { href: `#summary-${step.component}`, onclick: () => unfold(step.component) }, onPage(step.what)))))),
    lastRun(runs),
    lastRestore(runs?.last_restore),
    parts(graph, domain, "component").map((component) => part(component, graph, refresh)),
    h("p", { class: "quiet" }, h("small", {}, `Looked at ${ago(graph.built_at)}.`)));
}

/** Opens a part before the browser goes there. */
function unfold(component) {
  byId(`summary-${component}`).parentElement.open = true;
}

function backUpButton(refresh) {
  return h("button", { class: "main", id: "back-up-now", onclick: async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    const place = byId("backup-progress");
    const told = progressBar("Taking a snapshot");
    show(place, told.element);
    try {
      const result = await callLong("data_backup", { manual: true }, told.update);
      say(`Snapshot ${result.snapshot_id} is taken.`);
      await refresh();
    } catch (error) {
      show(place, problem(error));
      button.disabled = false;
    }
    byId("back-up-now")?.focus();
  } }, "Back up now");
}

/** A bar, and the step in words for those who cannot see it. */
export function progressBar(what) {
  const bar = h("progress", { max: "100", "aria-label": what });
  const step = h("p", { role: "status", class: "quiet" }, `${what} …`);
  return {
    element: h("div", {}, bar, step),
    update: (job) => {
      if (job.percent === null) bar.removeAttribute("value");
      else bar.value = job.percent;
      const text = visible(job.step || `${what} …`);
      if (step.textContent !== text) step.textContent = text;
    },
  };
}

async function act(event, work, done, refresh) {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    await work();
    say(done);
    await refresh();
  } catch (error) {
    button.after(problem(error));
  } finally {
    button.disabled = false;
  }
}

function lastRun(runs) {
  const run = runs?.last_run;
  if (!run) return h("p", { class: "quiet" }, "No snapshot has been taken yet.");
  const end = runs.state === "running" ? `goes on: ${run.phase ?? "starting"}` : runs.state === "killed" ? "was killed" : run.status;
  return h("div", {},
    h("h2", {}, "Last run"),
    h("p", {}, state(runs.state === "killed" ? "failed" : run.status, end), ` ${ago(run.started_at)}`,
      run.duration_millis > 0 && `, took ${(run.duration_millis / 1000).toFixed(1)} s`,
      run.bytes > 0 && `, ${bytes(run.bytes)}`),
    run.snapshot_id && h("p", { class: "quiet" }, h("small", {}, run.snapshot_id)),
    run.error && problem(run.error),
    run.missing.map((each) => problem({ message: `${each.database} was not saved: ${each.detail}` })),
    run.remotes.filter((each) => each.status !== "done").map((each) => problem({ message: `${each.name}: ${each.detail}`, hint: each.hint })),
    run.warnings.map((warning) => h("p", {}, `▲ ${onPage(warning)}`)),
    phases(run.phases));
}

/** One calm line: it is over, and nothing is left to do about it. */
function lastRestore(restore) {
  return restore && h("p", { class: "quiet", id: "last-restore" }, h("small", {}, restored(restore), " ",
    h("time", { datetime: restore.finished_at, title: restore.finished_at }, ago(restore.finished_at)), ".",
    restore.kept && [" What was there before is kept in ", h("code", {}, restore.kept), "."],
    restore.refused && [" What was written meanwhile is in ", h("code", {}, restore.refused), "."],
    restore.error && ` ${restore.error.message}.`));
}

function restored(restore) {
  const rollback = restore.operation === "rollback";
  const what = rollback ? "Taking the last restore back" : `The restore of ${restore.snapshot_id}`;
  if (restore.status === "failed") return `${what} failed, and the data is as it was before,`;
  if (restore.status === "undone") return `${what} was cut short, and undone`;
  const done = rollback ? "The last restore was taken back" : `Restored ${restore.snapshot_id}`;
  return restore.cut_short ? `${done}: it was cut short, and finished` : done;
}

function phases(list) {
  const all = list.reduce((sum, phase) => sum + phase.millis, 0);
  if (all === 0) return null;
  let x = 0;
  const bars = list.map((phase, i) => {
    const width = (phase.millis / all) * 600;
    const bar = s("rect", { x, y: 0, width: Math.max(0, width - 1), height: 10, class: "mark", opacity: 1 - (i % 4) * 0.2 }, s("title", {}, `${phase.name}: ${phase.millis} ms`));
    x += width;
    return bar;
  });
  const text = list.map((phase) => `${phase.name.replaceAll("_", " ")} ${phase.millis} ms`).join(" · ");
  return h("div", {}, s("svg", { viewBox: "0 0 600 10", "aria-hidden": "true" }, bars), h("small", {}, text));
}

function part(component, graph, refresh) {
  const bad = ["degraded", "blocked"].includes(component.effective_state)
    || (component.effective_state === "unconfigured" && component.preference !== "undecided");
  return h("details", { class: "part", open: opened.get(component.id) ?? bad,
      ontoggle: (event) => opened.set(component.id, event.currentTarget.open) },
    h("summary", { id: `summary-${component.name}` }, h("strong", {}, component.label), " ", state(component.effective_state, words(component.effective_state)),
      component.detail && h("div", { class: "quiet" }, h("small", {}, onPage(component.detail)))),
    h("div", {},
      component.next && h("p", {}, onPage(component.next)),
      component.preference && preference(component, refresh),
      component.effective_state !== "disabled" && h("ul", { class: "plain" }, parts(graph, component, "requirement").map((each) => requirement(each, refresh))),
      component.checks.length > 0 && h("ul", { class: "plain" }, component.checks.map((check) =>
        h("li", {}, state(check.state, check.state === "failure" ? "Failed" : words(check.state)), ` ${check.name.replaceAll("_", " ")}: ${onPage(check.detail)}`)))));
}

function preference(component, refresh) {
  const choices = { wanted: "Use it", unwanted: "Do not", undecided: "Not decided" };
  return h("fieldset", {},
    h("legend", {}, `Do you want ${component.label}?`, component.reason && h("small", {}, ` ${component.reason}`)),
    Object.entries(choices).map(([choice, text]) => h("label", {},
      h("input", { type: "radio", id: `prefer-${component.name}-${choice}`, name: `prefer-${component.name}`, value: choice, checked: component.preference === choice,
        onchange: (event) => act(event, () => callAtOnce("data_health_prefer", { component: component.name, choice }), `${component.label}: ${text.toLowerCase()}.`, refresh) }),
      text)));
}

function requirement(node, refresh) {
  const fixable = node.fix && (node.own === "failure" || (node.own === "warning" && node.fix.kind === "programmatic"));
  return h("li", {}, state(node.effective_state, words(node.own)), " ", h("strong", {}, node.label), node.detail && `: ${onPage(node.detail)}`,
    node.own !== "ok" && node.next && h("div", { class: "quiet" }, onPage(node.next)),
    fixable && fix(node, refresh));
}

function fix(node, refresh) {
  const send = async (event, input) => {
    event.preventDefault();
    const button = event.submitter ?? event.currentTarget;
    const doing = h("span", { class: "doing quiet", role: "status" }, "Working …");
    button.after(doing);
    await act({ currentTarget: button }, async () => {
      const wanted = { requirement: node.name, input };
      let report = await callLong("data_health_fix", wanted, () => {});
      if (report.confirmation) report = await callLong("data_health_fix", { ...wanted, confirmation: report.confirmation.token }, () => {});
      if (!report.ok) throw new Error(report.detail);
    }, `${node.label}: done.`, refresh);
    doing.remove();
  };
  switch (node.fix.kind) {
    case "programmatic":
      return h("p", {}, h("button", { id: `fix-${node.name}`, onclick: (event) => send(event, {}) }, node.own === "failure" ? "Repair" : "Do it now"), " ", h("small", {}, node.fix.does));
    case "input_required":
      return h("form", { onsubmit: (event) => send(event, Object.fromEntries(new FormData(event.currentTarget))) },
        h("p", { class: "quiet" }, node.fix.does),
        node.fix.fields.map((field) => [
          h("label", { for: `field-${node.name}-${field.name}` }, field.label),
          h("input", { type: "text", id: `field-${node.name}-${field.name}`, name: field.name, value: field.suggestion ?? "", required: true })]),
        h("p", {}, h("button", { class: "main", id: `fix-${node.name}` }, "Set it up")));
    case "agent_handoff":
      return handoff(node);
    default:
      return null;
  }
}

function handoff(node) {
  const brief = h("textarea", { readonly: true, rows: "4", id: `brief-${node.name}` });
  brief.value = node.fix.does;
  return h("div", {},
    node.fix.commands.length > 0 && [h("p", {}, "On this machine:"), h("pre", { tabindex: "0" }, node.fix.commands.join("\n"))],
    h("label", { for: `brief-${node.name}` }, "Or give this to your agent:"), brief,
    h("p", {}, h("button", { id: `copy-${node.name}`, onclick: async () => {
      brief.select();
      try {
        await navigator.clipboard.writeText(brief.value);
        say("Copied.");
      } catch {
        say("Press Ctrl-C to copy what is marked.");
      }
    } }, "Copy"), " ", h("small", {}, "Then look again.")));
}


