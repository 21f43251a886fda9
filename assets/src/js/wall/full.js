// The chart over the whole screen, for the wall of a meeting room: no controls, larger by the style sheet's zoom, Esc
// leaves. It turns to the next rows by itself only where that was asked for.
const SECONDS = 15;

function turn(scroll) {
  const last = scroll.scrollHeight - scroll.clientHeight;
  const next = scroll.scrollTop + scroll.clientHeight * 0.85;
  scroll.scrollTop = scroll.scrollTop >= last - 2 ? 0 : Math.min(next, last);
}

export function startFull(view) {
  const { root } = view;
  const opener = document.querySelector("[data-wall-full]");
  if (!opener) return;
  let timer = 0;
  const show = (on) => {
    if (root.classList.contains("is-full") === on) return;
    root.classList.toggle("is-full", on);
    clearInterval(timer);
    if (on && document.querySelector("[data-wall-turn]")?.checked) timer = setInterval(() => turn(view.parts.scroll), SECONDS * 1000);
    view.layout();
    view.parts.scroll.scrollLeft = view.scale.at(view.data.yearAt);
    if (on) view.parts.rows.focus({ preventScroll: true });
    else opener.focus();
  };
  const leave = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    show(false);
  };
  opener.addEventListener("click", async () => {
    show(true);
    await root.requestFullscreen?.().catch(() => {}); // a browser that forbids it still shows the chart over its window
  });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("is-full")) leave();
  });
  root.querySelector("[data-wall-leave]")?.addEventListener("click", leave);
}
