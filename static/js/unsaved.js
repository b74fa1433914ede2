// Ask before a page with unsaved typing is left. A form says that it wants this with data-guard.
const GUARDED = "form[data-guard]";
const written = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));

const asSaved = new WeakMap();
const remember = (root) => {
  const forms = [...root.querySelectorAll(GUARDED)];
  if (root.matches?.(GUARDED)) forms.push(root);
  for (const form of forms) asSaved.set(form, written(form));
};

// A form that came back with errors (data-guard="unsaved") holds typing that is saved nowhere.
const isUnsaved = (form) => form.dataset.guard === "unsaved" || asSaved.get(form) !== written(form);

let leavingByForm = false;

document.addEventListener("submit", (event) => {
  leavingByForm = !event.defaultPrevented;
});
window.addEventListener("pageshow", () => {
  leavingByForm = false;
});
window.addEventListener("beforeunload", (event) => {
  if (!leavingByForm && [...document.querySelectorAll(GUARDED)].some(isUnsaved)) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.(GUARDED)) remember(event.target);
});
document.addEventListener("htmx:afterSettle", (event) => remember(event.detail.elt));
remember(document);
