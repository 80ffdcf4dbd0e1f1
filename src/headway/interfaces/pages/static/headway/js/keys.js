// Single keys, for those who want them: everything they do can be done without, by Tab and Enter.
// They can be turned off, and what was chosen is kept in this browser.
const list = document.getElementById("keys");
const choice = list.querySelector("[data-single-keys]");
const OFF = "headway-single-keys-off";
let before = "";

choice.checked = localStorage.getItem(OFF) === null;
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => list.showModal());
}

function move(step) {
  const all = [...document.querySelectorAll("main [data-figure], main tbody th a")];
  const shown = all.filter((link) => link.checkVisibility());
  const at = shown.indexOf(document.activeElement);
  const next = at < 0 && step < 0 ? shown.length - 1 : at + step;
  shown[Math.min(Math.max(next, 0), shown.length - 1)]?.focus();
}

// Left and right go along the links of one line.
function along(step) {
  const line = document.activeElement?.closest("[data-line]");
  const links = line ? [...line.querySelectorAll("a")].filter((link) => link.checkVisibility()) : [];
  links[links.indexOf(document.activeElement) + step]?.focus();
}

const DOES = {
  ArrowLeft: () => along(-1),
  ArrowRight: () => along(1),
  j: () => move(1),
  k: () => move(-1),
  t: () => document.querySelector("main .as-table > summary")?.click(),
  "?": () => list.showModal(),
};
const GOES = { c: "coaching", d: "direction", l: "line", m: "commitments", r: "results" };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, dialog");
  if (event.key === "Escape") document.querySelector("details.chosen[open]")?.removeAttribute("open");
  if (isTyping || !choice.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = before === "g" && GOES[event.key];
  before = event.key;
  if (place) document.querySelector(`.nav [data-place=${place}] a`)?.click();
  else DOES[event.key]?.();
});
