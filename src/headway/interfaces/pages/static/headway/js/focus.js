// After a swap: focus goes to the new heading, so that it is read aloud and keys go on from there.
// A pressed Escape in the drawer leads back to the link that opened it.
let opener = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  opener = event.target.id || event.target.dataset.figure ? event.target : opener;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.target.querySelector("[data-focus]");
  if (!heading) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: false });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !opener || !event.target.closest("[data-drawer]")) return;
  const back = document.querySelector("[data-drawer] a[data-close]");
  if (back) back.click();
  opener.focus();
});

// The print button exists only where script can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
