// Builds elements. Text is always text: nothing that comes from data is read as markup.
import { onPage } from "./words.js";

const HIDDEN = /[\p{C}\u2028\u2029\u034f\u115f\u1160\u3164\uffa0]/gu;

/** Text from anywhere with each hidden character as its number: it cannot turn the direction of what is around it. */
export const visible = (text) => text.replace(HIDDEN, (hidden) => `\\u{${hidden.codePointAt(0).toString(16)}}`);

const safe = (child) => (typeof child === "string" ? visible(child) : child);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : name === "value" ? value : safe(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false).map(safe));
  return element;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const s = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

export const byId = (id) => document.getElementById(id);

/** Replaces what an element holds, and gives the focus back to whatever has its id now. */
export function show(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.replaceChildren(...children.flat(9).filter(Boolean).map(safe));
  if (focused) byId(focused)?.focus();
}

export function say(text) {
  const status = byId("status");
  const said = visible(text);
  status.textContent = said;
  setTimeout(() => { if (status.textContent === said) status.textContent = ""; }, 8000);
}

export const number = (value) => value.toLocaleString("en");

export function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = value, unit = 0;
  while (size >= 1000 && unit < units.length - 1) { size /= 1000; unit++; }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

export function span(seconds) {
  const steps = [[31557600, "year"], [86400, "day"], [3600, "hour"], [60, "minute"]];
  for (const [size, word] of steps) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${word}${count > 1 ? "s" : ""}`;
  }
  return "less than a minute";
}

export const ago = (instant) => {
  const seconds = (Date.now() - Date.parse(instant)) / 1000;
  return seconds < 0 ? "in the future" : `${span(seconds)} ago`;
};

export const state = (word, text) => h("span", { class: `state state-${word}` }, text ?? word);

/** What went wrong, and what to do about it. */
export const problem = (error) =>
  h("div", { class: "problem", role: "alert" }, h("p", {}, onPage(error.message)), error.hint && h("p", { class: "quiet" }, onPage(error.hint)));

export const table = (heads, rows, attributes) =>
  h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": attributes?.["aria-label"] ?? "Table" },
    h("table", { class: attributes?.class },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col", class: head.number && "number" }, head.text ?? head)))),
      h("tbody", {}, rows)));
