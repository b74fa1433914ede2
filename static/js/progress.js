// While a page waits for a job, swap in what the server says only when it says something new: a screen reader would
// otherwise read the same sentence out every two seconds.
const lastHeard = new WeakMap();

document.addEventListener("htmx:beforeSwap", (event) => {
  const waiting = event.detail.elt.closest?.("[data-progress]");
  if (!waiting || event.detail.xhr.status !== 200) return;
  const heard = event.detail.xhr.responseText.trim();
  if (heard === (lastHeard.get(waiting) ?? waiting.outerHTML.trim())) event.detail.shouldSwap = false;
  lastHeard.set(waiting, heard);
});
