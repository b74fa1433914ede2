// What the server works out in any case, shown while one types: a sentence that is chosen fills in its figure, a figure
// that is typed gives the sentence up, and points that are shared out are added up.
const bandOf = (form) => form.querySelector("input[data-band]:checked");
const figureOf = (form) => form.querySelector("input[data-figure]");

document.addEventListener("change", (event) => {
  if (!event.target.matches("input[data-band]") || !event.target.value) return;
  const figure = figureOf(event.target.form);
  if (figure) figure.value = event.target.value;
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("input[data-figure]")) return;
  const band = bandOf(event.target.form);
  if (!band?.value || Number(event.target.value) === Number(band.value)) return;
  const none = event.target.form.querySelector('input[data-band][value=""]');
  if (none) none.checked = true;
});

// A figure as people type it; NaN for what only the server can read.
const number = (text) => Number(text.trim().replaceAll(",", ""));
const write = (value) => String(Math.round(value * 1e6) / 1e6);

const addUp = (form) => {
  const place = form.querySelector("[data-shared]");
  if (!place) return;
  const points = [...form.querySelectorAll("input[data-points]")].map((each) => number(each.value));
  const total = number(form.querySelector("input[data-total]")?.value ?? "");
  const shared = points.reduce((sum, each) => sum + each, 0);
  if (Number.isNaN(shared) || Number.isNaN(total)) return;
  const left = total - shared;
  const words = left < 0 ? place.dataset.over : place.dataset.shared;
  place.textContent = words
    .replace("SHARED", write(shared))
    .replace("TOTAL", write(total))
    .replace("LEFT", write(Math.abs(left)));
};

document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-points], input[data-total]")) addUp(event.target.form);
});
