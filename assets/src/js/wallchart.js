// The wall chart's page: reads its JSON, draws what is in sight, listens.
import { read } from "./wall/data.js";
import { startDrag } from "./wall/drag.js";
import { startForm } from "./wall/form.js";
import { startFull } from "./wall/full.js";
import { select, startKeys, zoomTo } from "./wall/keys.js";
import { keepPlace, takePlace } from "./wall/place.js";
import { View } from "./wall/view.js";

// The page came with what is in sight; the rest of the rows follow. Their order is the same, so what is selected stays.
async function complete(view) {
  const answer = await fetch(view.data.more, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const left = view.parts.scroll.scrollLeft / view.scale.perDay;
  const before = view.data;
  [view.hand, view.typed] = [null, null];
  view.take(read(await answer.json()));
  view.layout();
  const shift = (Date.parse(before.first) - Date.parse(view.data.first)) / 86400000; // later rows may begin years earlier
  view.parts.scroll.scrollLeft = (left + shift) * view.scale.perDay;
  performance.mark("wall:complete");
}

function start() {
  const root = document.querySelector("[data-wall]");
  const holder = root && document.getElementById(root.dataset.wall);
  if (!holder) return;
  const view = new View(root, read(JSON.parse(holder.textContent)));
  view.layout();
  view.parts.scroll.scrollLeft = view.scale.at(view.data.yearAt);
  startKeys(view);
  startForm(view, select);
  if (root.querySelector("[data-move-form]")) startDrag(view);
  startFull(view);
  takePlace(view);
  keepPlace(view);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoomTo(view, button.dataset.zoom);
    if (event.target.closest("[data-today]")) view.showDay(view.data.today);
  });
  root.querySelector("[data-version]")?.addEventListener("change", (event) => {
    view.version = Number(event.target.value);
    view.renew();
  });
  new ResizeObserver(() => {
    cancelAnimationFrame(view.resizing);
    view.resizing = requestAnimationFrame(() => view.layout());
  }).observe(view.parts.scroll);
  performance.mark("wall:drawn");
  if (view.data.more) complete(view);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
