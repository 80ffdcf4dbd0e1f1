// When new content has settled, and its links work, focus goes to its heading, so that it is read
// aloud and keys go on from there.
// A pressed Escape in the drawer leads back to the link that opened it.
let opener = "";
let isBack = false;

document.addEventListener("htmx:beforeRequest", (event) => {
  opener = event.target.dataset.figure || opener;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const link = isBack && document.querySelector(`[data-figure="${CSS.escape(opener)}"]`);
  const heading = event.target.querySelector("[data-focus]");
  isBack = false;
  if (link) return link.focus();
  if (!heading) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: false });
});

document.addEventListener("keydown", (event) => {
  const close = event.target.closest("[data-drawer]")?.querySelector("a[data-close]");
  if (event.key !== "Escape" || !close) return;
  isBack = true;
  close.click();
});

// The print button exists only where script can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A refused change says why above the page, which stays as it is, with all that was typed.
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("refusal")?.remove();
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const reason = answer.querySelector("main .lede") ?? answer.querySelector("main h1");
  if (!reason) return;
  const note = document.createElement("p");
  Object.assign(note, { id: "refusal", className: "note broken", tabIndex: -1 });
  note.setAttribute("role", "alert");
  note.textContent = reason.textContent;
  document.getElementById("main").prepend(note);
  note.focus();
});
