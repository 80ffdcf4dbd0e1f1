// Single keys, for those who want them: everything they do can be done without, by Tab and Enter.
// They can be turned off; what was chosen is kept with the account.
const list = document.getElementById("keys");
const choice = list.querySelector("[data-single-keys]");
const ROWS = "main [data-figure], main tbody th a, main [data-row]";
let before = "";

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => list.showModal());
}

function move(step) {
  const shown = [...document.querySelectorAll(ROWS)].filter((each) => each.checkVisibility());
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
  c: () => document.querySelector("[data-commit]")?.click(),
  j: () => move(1),
  k: () => move(-1),
  t: () => document.querySelector("main .as-table > summary")?.click(),
  "?": () => list.showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, dialog");
  if (event.key === "Escape") document.querySelector("details.chosen[open]")?.removeAttribute("open");
  if (isTyping || !choice?.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const goes = before === "g" && document.querySelector(`.nav [data-key="${CSS.escape(event.key)}"] a`);
  before = event.key;
  if (goes) goes.click();
  else DOES[event.key]?.();
});
