// Take the reader to what matters: the error summary of a page (or of a part of one) that comes with it, or the field
// that the address names, as the links do that say what is missing.
const SUMMARY = "[data-take-focus]";
const CONTROL = "input:not([type=hidden]), select, textarea";
const toSummary = (root) => {
  const summary = root.matches?.(SUMMARY) ? root : root.querySelector?.(SUMMARY);
  summary?.focus();
  return Boolean(summary);
};

// A group of choices cannot be focused itself: the focus goes to the answer that is given, or else to the first.
// Browsers open what is folded around a field that an address names; older ones do not.
const toField = (hash) => {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  const within = target?.querySelector(":checked") ?? target?.querySelector(CONTROL);
  const control = target?.matches(CONTROL) ? target : within;
  if (!control?.closest(".field")) return false;
  for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  control.focus();
  control.closest(".field").scrollIntoView({ block: "nearest" });
  return true;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  if (link && toField(link.hash)) event.preventDefault();
});
document.addEventListener("htmx:afterSettle", (event) => toSummary(event.detail.elt));
window.addEventListener("hashchange", () => toField(location.hash));
// Not before the page has loaded: until then the browser itself goes where the address says, and takes the focus along.
if (!toSummary(document)) window.addEventListener("load", () => toField(location.hash));
