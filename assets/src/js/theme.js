// Day, night or as the device says. The choice is a cookie, so the server draws the page in it and nothing flashes.
const YEAR = 31536000;

function show(theme) {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
  }
  document.dispatchEvent(new CustomEvent("guatu:theme"));
}

export function startTheme() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-theme]");
    if (!button) return;
    document.cookie = `theme=${button.dataset.setTheme}; path=/; max-age=${YEAR}; samesite=lax`;
    show(button.dataset.setTheme);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.dispatchEvent(new CustomEvent("guatu:theme"));
  });
}
