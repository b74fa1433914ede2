// Say so when a part of the page could not be fetched or saved: nothing that was typed has gone.
const say = (name) => {
  const words = document.getElementById(`trouble-${name}`);
  const place = document.getElementById("messages");
  if (words && place) place.replaceChildren(words.content.cloneNode(true));
};

document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status >= 500 ? "server" : "refused"));
