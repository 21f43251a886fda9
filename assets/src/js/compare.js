// Two pictures on top of each other: the slider (mouse, finger, arrow keys) says how much of the earlier one shows.
function cut(slider) {
  slider.closest("[data-compare]")?.style.setProperty("--cut", `${slider.value}%`);
}

export function startCompare() {
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-compare] input[type=range]")) cut(event.target);
  });
}
