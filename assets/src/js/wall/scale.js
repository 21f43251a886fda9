// Days to pixels at four zooms, and the marks of the calendar at each.
export const ZOOMS = ["week", "month", "quarter", "year"];
const WEEK = 14, MONTH = 2.2, QUARTER = 1;

export function scaleOf(data, zoom, width) {
  const room = Math.max(width, 160);
  const fit = room / data.days;
  const perDay = {
    week: WEEK,
    month: Math.max(MONTH, room / data.yearDays),
    quarter: Math.max(QUARTER, fit),
    year: fit,
  }[zoom];
  return { perDay, zoom, width: Math.max(Math.ceil(perDay * data.days), room), at: (day) => Math.round(day * perDay * 10) / 10 };
}

export const compactScale = (data, width) => {
  const perDay = width / data.yearDays;
  return { perDay, zoom: "year", width, at: (day) => Math.round((day - data.yearAt) * perDay * 10) / 10 };
};

// [day, label, strong]: strong ones are drawn in ink.
export function ticks(data, scale) {
  const found = [];
  const step = scale.zoom === "year" ? (scale.perDay * 91 < 60 ? 12 : 3) : scale.zoom === "quarter" ? (scale.perDay * 30 < 34 ? 3 : 1) : 1;
  const start = data.dateAt(0);
  const many = data.days > 366;
  for (let month = 0; ; month += step) {
    const date = new Date(Date.UTC(start.getUTCFullYear(), month, 1));
    const day = Math.round((date - start) / 86400000);
    if (day >= data.days) break;
    const at = date.getUTCMonth();
    const year = many && at === 0 ? data.words.year.replace("{year}", date.getUTCFullYear()) : "";
    const label = step === 12 ? year || data.words.year.replace("{year}", date.getUTCFullYear()) : year + data.words.month.replace("{month}", at + 1);
    found.push([day, label, at % 3 === 0]);
  }
  return found;
}

// Mondays, for the closest zoom.
export function weeks(data, scale) {
  if (scale.zoom !== "week") return [];
  const shift = (8 - data.dateAt(0).getUTCDay()) % 7;
  const found = [];
  for (let day = shift; day < data.days; day += 7) found.push([day, String(data.dateAt(day).getUTCDate())]);
  return found;
}
