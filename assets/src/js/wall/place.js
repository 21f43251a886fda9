// Where one was on the chart: whoever opens a project and comes back stands where he stood.
import { select, zoomTo } from "./keys.js";

export function keepPlace(view) {
  addEventListener("pagehide", () => {
    const { scrollLeft, scrollTop } = view.parts.scroll;
    const chosen = view.selected === null ? "" : view.data.lines[view.selected].i;
    history.replaceState({ ...history.state, wall: { zoom: view.zoom, day: scrollLeft / view.scale.perDay, top: scrollTop, chosen } }, "");
  });
}

export function takePlace(view) {
  const was = history.state?.wall;
  if (!was) return;
  if (was.zoom !== view.zoom) zoomTo(view, was.zoom);
  const line = view.data.rows.find((row) => row.i === was.chosen);
  if (line) select(view, line);
  view.parts.scroll.scrollTop = was.top;
  view.parts.scroll.scrollLeft = was.day * view.scale.perDay;
}
