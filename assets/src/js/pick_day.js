// The browser's own calendar behind a button beside a day's field; what it picks is typed into the field as a date.
export function preparePicks(root) {
  const buttons = [...root.querySelectorAll("[data-pick-day]")];
  if (root.matches?.("[data-pick-day]")) buttons.push(root);
  for (const button of buttons) button.hidden = !("showPicker" in HTMLInputElement.prototype);
}

function calendarOf(button, field) {
  let calendar = button.nextElementSibling;
  if (calendar?.type === "date") return calendar;
  calendar = document.createElement("input");
  Object.assign(calendar, { type: "date", tabIndex: -1, className: "pick-calendar" });
  calendar.setAttribute("aria-hidden", "true");
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    field.value = calendar.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  button.after(calendar);
  return calendar;
}

export function startPicks() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick-day]");
    const field = button && document.getElementById(button.dataset.pickDay);
    if (!field) return;
    const calendar = calendarOf(button, field);
    if (/^\d{4}-\d{2}-\d{2}$/.test(field.value)) calendar.value = field.value;
    try {
      calendar.showPicker();
    } catch {
      calendar.focus(); // a browser without a picker of its own: the field takes a typed date anyway
    }
  });
}
