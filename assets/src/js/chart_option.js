// A chart's spec and the page's colours -> ECharts option. Amounts arrive as whole numbers and are divided only to be shown.
const ROLES = {
  actual: { color: "actual", width: 2.4, z: 5 },
  claimed: { color: "actual", width: 2.4, dash: [2, 3], z: 5 },
  plan: { color: "plan", width: 1.5, dash: [5, 3], z: 4 },
  last: { color: "last", width: 1.3, z: 2 },
  forecast: { color: "plan", width: 1.3, dash: [1.5, 3], z: 3 },
};

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    actual: read("--c-actual"), plan: read("--c-plan"), last: read("--c-last"), band: read("--c-band"),
    paper: read("--paper"), leaf: read("--leaf"), wash: read("--azurite-wash"), ink: read("--ink"), ink3: read("--ink-3"),
    rule: read("--rule"), rule2: read("--rule-2"), sans: read("--sans"),
    categories: [1, 2, 3, 4, 5, 6, 7].map((n) => read(`--c${n}`)),
  };
}

export function shown(value, spec) {
  if (value === null || value === undefined) return "—";
  const size = Math.abs(value / spec.scale);
  const text = size.toLocaleString("en-US", { minimumFractionDigits: spec.places, maximumFractionDigits: spec.places });
  return (value < 0 ? "\u2212" : "") + text;
}

function colour(series, index, colours) {
  return colours[ROLES[series.role]?.color] ?? colours.categories[index % colours.categories.length];
}

// How wide a label of 12 pixels stands: a Chinese character is as wide as it is high, the rest somewhat over half of it.
function labelWidth(text) {
  return [...text].reduce((width, char) => width + (char.charCodeAt(0) > 0x2e7f ? 12 : 7.2), 0);
}

// The room on the right that the names at the ends of lines need beyond what the months to come leave them.
function endRoom(spec, width) {
  const step = (width - 60) / Math.max(1, spec.x.length - 1);
  const needed = spec.series.filter((series) => series.label).map((series) => {
    const last = series.data.reduce((found, value, place) => (value === null ? found : place), -1);
    return last < 0 ? 0 : labelWidth(series.label) + 16 - (spec.x.length - 1 - last) * step;
  });
  return Math.ceil(Math.max(12, ...needed));
}

// Names at the ends of lines are pushed apart, lower ones downwards, so that no two stand on each other.
function endOffsets(spec, height) {
  const ends = spec.series
    .map((series) => ({ series, at: series.data.reduce((found, value, place) => (value === null ? found : place), -1) }))
    .filter(({ series, at }) => series.label && at >= 0)
    .map(({ series, at }) => ({ name: series.name, at, value: series.data[at] }));
  const top = Math.max(1, ...spec.series.flatMap((series) => series.data.map((value) => value ?? 0)));
  const offsets = {};
  const placed = [];
  for (const end of ends.sort((a, b) => b.value - a.value)) {
    const y = height * (1 - end.value / top);
    const near = placed.filter((other) => Math.abs(other.at - end.at) <= spec.x.length / 4);
    const low = near.reduce((found, other) => Math.max(found, other.y + 16), y);
    placed.push({ at: end.at, y: low });
    offsets[end.name] = low - y;
  }
  return offsets;
}

function line(series, index, spec, colours, offsets) {
  const role = ROLES[series.role] ?? { width: 1.6, z: 3 };
  const stroke = colour(series, index, colours);
  const last = series.data.reduce((found, value, place) => (value === null ? found : place), -1);
  return {
    type: "line", name: series.name, data: series.data, z: role.z, symbol: "circle", showSymbol: false, symbolSize: 6,
    itemStyle: { color: stroke }, lineStyle: { color: stroke, width: role.width, type: role.dash ?? "solid" }, connectNulls: false,
    emphasis: { disabled: true },
    // The end says what it is, so no legend has to be looked up.
    markPoint: last < 0 || !series.label ? undefined : {
      symbol: "circle", symbolSize: series.role === "actual" ? 7 : 1, silent: true, itemStyle: { color: stroke },
      label: { show: true, position: "right", distance: 6, offset: [0, offsets[series.name] ?? 0], color: stroke, fontWeight: series.role === "actual" ? "bold" : "normal", fontFamily: colours.sans, fontSize: 12, formatter: series.label },
      data: [{ coord: [last, series.data[last]] }],
    },
  };
}

function bar(series, index, spec, colours, roomy) {
  if (series.role === "plan") {
    // The plan is a tick across the bar, on the same axis, never a second bar.
    return {
      type: "bar", name: series.name, data: series.data, z: 6, barGap: "-100%", barWidth: "70%", emphasis: { disabled: true },
      itemStyle: { color: "transparent", borderColor: "transparent" },
      markPoint: {
        silent: true, symbol: "rect", symbolSize: [Math.max(10, 360 / spec.x.length), 2.5], itemStyle: { color: colours.plan }, label: { show: false },
        data: series.data.flatMap((value, place) => (value === null ? [] : [{ coord: [place, value] }])),
      },
    };
  }
  const hope = series.role === "forecast";
  const claimed = series.role === "claimed" && { color: "transparent", borderColor: colours.actual, borderType: "dotted", borderWidth: 1.5 };
  return {
    type: "bar", name: series.name, data: series.data, z: 4, barWidth: "56%", barGap: "-100%", emphasis: { disabled: true },
    itemStyle: claimed || hope
      ? claimed || { color: colours.wash, borderColor: colours.plan, borderType: "dashed", borderWidth: 1 }
      : { color: colour(series, index, colours) },
    label: { show: (series.role === "actual" || Boolean(claimed)) && roomy, position: "top", color: colours.ink, fontSize: 12, fontWeight: "bold", fontFamily: colours.sans, formatter: (point) => (point.value === null || point.value === undefined ? "" : shown(point.value, spec)) },
  };
}

export function optionOf(spec, colours, plot) {
  const text = { color: colours.ink3, fontFamily: colours.sans, fontSize: 12 };
  const draw = spec.kind === "bar" ? bar : line;
  const extra = spec.kind === "line" ? endOffsets(spec, plot.clientHeight - 60) : plot.clientWidth / spec.x.length > 38;
  return {
    animation: false,
    aria: { enabled: true, label: { description: spec.summary } },
    grid: { left: 4, right: spec.kind === "line" ? endRoom(spec, plot.clientWidth) : 12, top: 26, bottom: 4, containLabel: true },
    textStyle: text,
    tooltip: {
      // Drawn inside the picture: an HTML tooltip would need inline styles.
      trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colours.leaf, borderColor: colours.rule2, borderWidth: 1, padding: 10,
      textStyle: { ...text, color: colours.ink }, axisPointer: { type: "line", lineStyle: { color: colours.rule2, width: 1 } },
      formatter: (points) => [points[0].axisValueLabel, ...points.map((point) => `${point.seriesName}  ${shown(point.value, spec)}${point.value === null || point.value === undefined ? "" : ` ${spec.unit}`}`)].join("\n"),
    },
    xAxis: {
      type: "category", data: spec.x, boundaryGap: spec.kind === "bar", axisLine: { lineStyle: { color: colours.ink, width: 1 } },
      axisTick: { show: spec.kind !== "bar", lineStyle: { color: colours.rule2 } }, axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value", min: spec.kind === "bar" ? 0 : undefined, splitNumber: 3, axisLine: { show: false }, axisTick: { show: false }, name: spec.unit,
      nameTextStyle: { ...text, align: "left", padding: [0, 0, 0, -30] }, nameGap: 12, splitLine: { lineStyle: { color: colours.rule } },
      axisLabel: { ...text, formatter: (value) => shown(value, { ...spec, places: 0 }) },
    },
    series: spec.series.map((series, index) => draw(series, index, spec, colours, extra)),
  };
}
