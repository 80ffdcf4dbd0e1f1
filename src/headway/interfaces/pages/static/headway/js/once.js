// A page one goes back to keeps the key its forms had, so that what was sent there is done once.
const keys = () => document.querySelectorAll("input[name=form_key]");
const [visit] = performance.getEntriesByType("navigation");
const kept = history.state?.formKey;

if (visit?.type === "back_forward" && kept) {
  for (const key of keys()) key.value = kept;
} else if (keys().length > 0) {
  history.replaceState({ ...history.state, formKey: keys()[0].value }, "");
}
