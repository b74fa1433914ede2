// Correct a figure where it stands. A link with data-opens fetches its form (htmx) into the place called .correction;
// data-close, or Escape, puts the place back as it was and the focus back on the link. One form is open at a time.
const PLACE = ".correction";
let opener = null;

const openForm = () => document.querySelector(`${PLACE} form`);
const isTyped = (form) =>
  form.dataset.guard === "unsaved" ||
  [...form.elements].some((each) => "defaultValue" in each && each.type !== "hidden" && each.value !== each.defaultValue);

const close = (form) => {
  const place = form.closest(PLACE);
  place.replaceChildren();
  place.hidden = true;
};

// What was typed into an open form is given up only if its person says so.
const mayClose = (form) => {
  const question = document.querySelector("[data-unsaved]")?.dataset.unsaved;
  return !question || !isTyped(form) || window.confirm(question);
};

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest?.("[data-opens]");
  if (!link) return;
  const form = openForm();
  if (form && !mayClose(form)) {
    event.preventDefault();
    return;
  }
  if (form) close(form);
  opener = link;
});

const leave = (event, form) => {
  event.preventDefault();
  if (!mayClose(form)) return;
  close(form);
  opener?.focus();
};

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-close]")?.closest("form");
  if (form?.closest(PLACE)) leave(event, form);
});
document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" && event.target.closest?.(`${PLACE} form`);
  if (form) leave(event, form);
});
