// Talks to the server that the page came from, and to nobody else.

export class Refused extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.code;
    this.hint = error.hint;
  }
}

async function ask(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused({ code: "server-gone", message: "The server does not answer.", hint: "Start it again with `wb-backup serve`, and open the address that it prints." });
  }
  const document = await response.json();
  if (!response.ok) throw new Refused(document.error);
  return document;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const call = (capability, parameters = {}) => post(`/api/capabilities/${capability}`, parameters);

/**
 * Makes a call that the person has just asked for by pressing what says what it does: where the answer
 * wants a word of theirs, that was it. What shows a plan first goes by `guided` instead.
 */
export async function callAtOnce(capability, parameters = {}) {
  const answer = await call(capability, parameters);
  return answer.confirmation ? call(capability, { ...parameters, confirmation: answer.confirmation.token }) : answer;
}

/** Calls in the background; tells `progress` each step, and answers with the result. */
export async function callLong(capability, parameters, progress) {
  const job = await ask("POST", `/api/capabilities/${capability}`, parameters, { Prefer: "respond-async" });
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/jobs/${job.id}/events`);
    events.addEventListener("progress", (event) => progress(JSON.parse(event.data)));
    events.addEventListener("end", (event) => {
      events.close();
      const end = JSON.parse(event.data);
      if (end.state === "failed") reject(new Refused(end.answer.error));
      else resolve(end.answer);
    });
  });
}
