// The row of a place's pages scrolls sideways on a telephone: the page shown is brought into sight.
export function startPlacePages() {
  const row = document.querySelector(".place-pages");
  const here = row?.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
