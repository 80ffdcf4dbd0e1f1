// Find or do: Ctrl K opens it over any page. Without script the same lies under its own address.
const dialog = document.getElementById("find");
const field = dialog.querySelector("input");

function open(event) {
  event.preventDefault();
  dialog.showModal();
  field.select();
}

for (const link of document.querySelectorAll(".find-link")) link.addEventListener("click", open);

document.addEventListener("keydown", (event) => {
  const isAsked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (isAsked && !document.querySelector("dialog[open]")) open(event);
});

dialog.addEventListener("keydown", (event) => {
  const links = [...dialog.querySelectorAll("a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && document.activeElement === field && links.length) {
    event.preventDefault();
    links[0].click();
  }
  if (!step) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  (next < 0 ? field : links[Math.min(next, links.length - 1)])?.focus();
});
