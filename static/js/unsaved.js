// What is typed is neither lost nor sent twice. A form that wants to be asked about says so with data-guard.
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

// The form that is on its way. After a while it may be sent again, in case nothing came of it.
const ON_ITS_WAY = 8000;
let sent = null;
const forget = () => {
  sent = null;
};

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent === event.target) event.preventDefault();
  else setTimeout(forget, ON_ITS_WAY);
  sent = event.target;
});
window.addEventListener("pageshow", forget);
window.addEventListener("beforeunload", (event) => {
  if (!sent && [...document.querySelectorAll(GUARDED)].some(isUnsaved)) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.(GUARDED)) remember(event.target);
});
document.addEventListener("htmx:afterSettle", (event) => remember(event.detail.elt));
remember(document);
