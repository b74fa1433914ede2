// A file can be dropped anywhere in the box of its form; it is sent at once. Without this, one chooses it and presses the
// button.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const hint = form.querySelector(".drop-hint");
  if (hint) hint.hidden = false;
  const light = (on) => form.classList.toggle("is-over", on);

  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    light(true);
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) light(false);
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    light(false);
    if (event.dataTransfer.files.length === 0) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
