import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";
import TomSelect from "tom-select/base";

import { startCompare } from "./compare.js";
import { startCopy } from "./copy.js";
import { startDaySheet } from "./day_sheet.js";
import { openArrived, startDialogs } from "./dialog.js";
import { prepareDrafts, startDrafts } from "./draft.js";
import { startDrops } from "./drop.js";
import { startFailures } from "./failures.js";
import { prepareRows, startKeyboard } from "./keyboard.js";
import { prepareKinds, startKinds } from "./kinds.js";
import { startMenus } from "./menu.js";
import { preparePicks, startPicks } from "./pick_day.js";
import { picks } from "./picks.js";
import { startPlacePages } from "./place_pages.js";
import { startRuler } from "./ruler.js";
import { startSignOut } from "./sign_out.js";
import { startSubmitGuard } from "./submit.js";
import { startTableTools } from "./table_tools.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toast.js";
import { word } from "./words.js";

// The page's policy forbids eval and inline styles; hx-on needs the first, the indicator styles the second.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages hold figures that not everybody may see: none is kept in the browser's store
  timeout: 30000,
});
// A form that came back with errors (422) or a conflict (409) is drawn; other failures are told in words.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

function prepare(root) {
  prepareRows(root);
  prepareDrafts(root);
  prepareKinds(root);
  preparePicks(root);
  openArrived(root);
  for (const select of root.querySelectorAll("select[data-search]")) {
    if (select.tomselect) continue;
    new TomSelect(select, {
      maxOptions: 300,
      copyClassesToDropdown: false,
      render: {
        no_results: () => {
          const none = document.createElement("div");
          none.className = "no-results";
          none.textContent = word("none_found");
          return none;
        },
      },
    });
    select.setAttribute("aria-hidden", "true"); // the label now names the box that took its place
  }
}

startTheme();
startMenus();
startDialogs();
startSubmitGuard();
startSignOut();
startDrafts();
startDrops();
startKinds();
startPicks();
startCompare();
startCopy();
startDaySheet();
startKeyboard();
startRuler();
startTableTools();
startFailures();

document.addEventListener("DOMContentLoaded", () => {
  startToasts();
  startPlacePages();
  prepare(document.body);
  document.body.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) prepare(event.target);
  });
});

Alpine.data("picks", picks);
Alpine.start();
