// Draws every figure[data-chart] from its JSON; the table beneath says the same. The server's spec is guatu/core/ui/charts.py.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { optionOf, palette } from "./chart_option.js";

use([BarChart, LineChart, AriaComponent, GridComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

const drawn = new Map();

function draw(figure) {
  const holder = document.getElementById(figure.dataset.chart);
  const plot = figure.querySelector(".chart-plot");
  if (!holder || !plot || !plot.clientWidth) return;
  const chart = drawn.get(figure) ?? init(plot, null, { renderer: "svg" });
  drawn.set(figure, chart);
  chart.setOption(optionOf(JSON.parse(holder.textContent), palette(), plot), true);
}

function drawAll(root = document) {
  root.querySelectorAll("figure[data-chart]").forEach(draw);
}

function redraw() {
  for (const [figure, chart] of drawn) {
    if (figure.isConnected) {
      chart.resize();
      draw(figure);
    } else {
      chart.dispose();
      drawn.delete(figure);
    }
  }
}

let waiting = 0;
addEventListener("resize", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(redraw);
});
document.addEventListener("guatu:theme", redraw);
matchMedia("print").addEventListener("change", redraw); // paper has its own colours
document.addEventListener("htmx:load", (event) => {
  redraw();
  drawAll(event.target);
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => drawAll());
else drawAll();
