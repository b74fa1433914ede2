// Ask before a page with unsaved typing is left. A form says that it wants this with data-guard.
const written = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));

const asLoaded = new WeakMap();
const remember = (root) => root.querySelectorAll("form[data-guard]").forEach((form) => asLoaded.set(form, written(form)));

// A form that came back with errors holds typing that is saved nowhere.
const isUnsaved = (form) =>
  form.dataset.guard === "unsaved" || (asLoaded.has(form) && asLoaded.get(form) !== written(form));

let leavingByForm = false;

document.addEventListener("submit", (event) => {
  leavingByForm = !event.defaultPrevented;
});
window.addEventListener("pageshow", () => {
  leavingByForm = false;
});
window.addEventListener("beforeunload", (event) => {
  if (leavingByForm) return;
  if ([...document.querySelectorAll("form[data-guard]")].some(isUnsaved)) event.preventDefault();
});
document.addEventListener("htmx:afterSettle", (event) => remember(event.detail.elt));
remember(document);
