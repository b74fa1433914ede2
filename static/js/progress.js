// While a page waits for a job, swap in what the server says only when it says something new: a screen reader would
// otherwise read the same sentence out every second. The key is the address that is asked.
const lastHeard = new Map();

document.addEventListener("htmx:beforeSwap", (event) => {
  const address = event.target.matches?.("[data-progress]") && event.target.getAttribute("hx-get");
  if (!address || event.detail.xhr.status !== 200) return;
  const heard = event.detail.xhr.responseText;
  if (heard === lastHeard.get(address)) event.detail.shouldSwap = false;
  lastHeard.set(address, heard);
});
