// What agents ask: what the call would do, and the person's answer.
import { post } from "./api.js";
import { h, problem, say } from "./dom.js";
import { stakes } from "./restore.js";

export function questions(list, refresh) {
  return list.map((each) => question(each, refresh));
}

function question(each, refresh) {
  const answer = async (event, agree) => {
    const box = event.currentTarget.closest(".question");
    box.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    try {
      await post(`/api/questions/${encodeURIComponent(each.code)}`, { agree });
      say(agree ? `${each.code} is agreed to. Tell your agent to go on.` : `${each.code} is refused.`);
      await refresh();
    } catch (error) {
      box.append(problem(error));
    }
  };
  return h("div", { class: "question alarm", role: "alert" },
    h("h2", {}, `An agent asks (${each.code})`),
    stakes(each),
    each.more_losses > 0 && h("p", {}, `… and ${each.more_losses} more tables.`),
    h("details", {}, h("summary", {}, `The call: ${each.capability}`), h("pre", { tabindex: "0" }, each.arguments)),
    h("div", { class: "row" },
      h("button", { id: `agree-${each.code}`, class: "danger", onclick: (event) => answer(event, true) }, "Agree"),
      h("button", { id: `refuse-${each.code}`, onclick: (event) => answer(event, false) }, "Refuse")));
}
