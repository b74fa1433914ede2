// Take the reader to what went wrong: the error summary gets the focus when a page, or a part of one, comes with it.
const SUMMARY = "[data-take-focus]";
const toSummary = (root) => (root.matches?.(SUMMARY) ? root : root.querySelector(SUMMARY))?.focus();

// A link to a group of choices goes to its first choice: the group itself cannot be focused.
const CONTROL = "input, select, textarea";
const toFirstControl = (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const control = target?.matches(CONTROL) ? target : target?.querySelector(CONTROL);
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.closest(".field")?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("click", toFirstControl);
document.addEventListener("htmx:afterSettle", (event) => toSummary(event.detail.elt));
toSummary(document);
