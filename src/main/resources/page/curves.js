// How many rows each table had, and how large each database was; a sudden loss is red.
import { bytes, h, number, s } from "./dom.js";

const WIDTH = 260, HEIGHT = 80, SHOWN = 9, LOST_SHARE = 0.2;

export function curves({ points }) {
  if (points.length < 2) return [h("p", { class: "quiet" }, "Curves begin with the second snapshot.")];
  const all = [...series(points, (point) => rows(point), number, true), ...series(points, (point) => Object.entries(point.sizes).map(([name, size]) => [`${name} (size)`, size]), bytes, false)]
    .sort((one, other) => other.drop.share - one.drop.share || other.values.at(-1).y - one.values.at(-1).y);
  const list = h("div", { class: "curves" }, all.slice(0, SHOWN).map(figure));
  const more = all.length > SHOWN && h("button", { id: "all-curves", onclick: (event) => {
    list.append(...all.slice(SHOWN).map(figure));
    event.currentTarget.remove();
  } }, `Show all ${all.length}`);
  return [list, more];
}

const rows = (point) => Object.entries(point.rows).flatMap(([database, tables]) =>
  Object.entries(tables).map(([table, count]) => [`${database}.${table}`, count]));

function series(points, entries, format, gone) {
  const found = new Map();
  points.forEach((point) => {
    const here = new Map(entries(point));
    here.forEach((_, name) => { if (!found.has(name)) found.set(name, []); });
    found.forEach((values, name) => {
      if (here.has(name) || (gone && name.split(".")[0] in point.rows)) values.push({ x: Date.parse(point.at), y: here.get(name) ?? 0 });
    });
  });
  return [...found].filter(([, values]) => values.length > 0).map(([name, values]) => ({ name, values, format, drop: largestDrop(values) }));
}

function largestDrop(values) {
  let worst = { share: 0, at: 0, lost: 0 };
  values.slice(1).forEach((value, i) => {
    const before = values[i].y, lost = before - value.y;
    if (before > 0 && lost / before > worst.share) worst = { share: lost / before, at: i + 1, lost };
  });
  return worst.share >= LOST_SHARE ? worst : { share: 0, at: 0, lost: 0 };
}

function figure({ name, values, format, drop }) {
  const first = values[0].x, time = Math.max(1, values.at(-1).x - first), top = Math.max(1, ...values.map((value) => value.y));
  const place = (value) => [6 + ((value.x - first) / time) * (WIDTH - 12), HEIGHT - 4 - (value.y / top) * (HEIGHT - 22)];
  const path = "M" + values.map((value) => place(value).map((n) => n.toFixed(1)).join(" ")).join("L");
  const text = `${name}: ${format(values.at(-1).y)} now` + (drop.share > 0 ? `, lost ${format(drop.lost)} at once` : "");
  const [x, y] = place(values[drop.at]);
  return h("figure", {},
    h("figcaption", {}, h("strong", {}, name), h("br"), h("small", {}, `${format(values.at(-1).y)} now, at most ${format(top)}`)),
    s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": text },
      s("line", { class: "axis", x1: 0, x2: WIDTH, y1: HEIGHT - 3, y2: HEIGHT - 3 }),
      s("path", { class: "curve", d: path }),
      drop.share > 0 && [
        s("path", { class: "drop", d: "M" + [values[drop.at - 1], values[drop.at]].map((value) => place(value).join(" ")).join("L") }),
        s("circle", { class: "drop-mark", cx: x, cy: y, r: 4 }),
        s("text", { class: "drop-text", x: Math.min(x, WIDTH - 4), y: 12, "text-anchor": x > WIDTH / 2 ? "end" : "start" }, `−${format(drop.lost)}`)]));
}
