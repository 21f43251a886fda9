// The wall chart's page: reads its JSON, draws what is in sight, listens.
import { read } from "./wall/data.js";
import { startKeys, zoomTo } from "./wall/keys.js";
import { startMoves } from "./wall/move.js";
import { View } from "./wall/view.js";

function start() {
  const root = document.querySelector("[data-wall]");
  const holder = root && document.getElementById(root.dataset.wall);
  if (!holder) return;
  const view = new View(root, read(holder));
  view.layout();
  view.parts.scroll.scrollLeft = view.scale.at(view.data.yearAt);
  startKeys(view);
  startMoves(view);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoomTo(view, button.dataset.zoom);
    if (event.target.closest("[data-today]")) view.showDay(view.data.today);
  });
  root.querySelector("[data-version]")?.addEventListener("change", (event) => {
    view.version = Number(event.target.value);
    view.draw();
  });
  new ResizeObserver(() => {
    cancelAnimationFrame(view.resizing);
    view.resizing = requestAnimationFrame(() => view.layout());
  }).observe(view.parts.scroll);
  performance.mark("wall:drawn");
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
