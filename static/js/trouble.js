// Say so when a part of the page could not be fetched or saved: nothing that was typed has gone.
const say = (name) => {
  const words = document.getElementById(`trouble-${name}`);
  const place = document.getElementById("messages");
  const said = place?.querySelector("[data-trouble]");
  if (!words || !place || said?.dataset.trouble === name) return;
  said?.remove();
  place.prepend(words.content.cloneNode(true));
  place.scrollIntoView({ block: "nearest" });
};
const unsay = () => document.querySelector("#messages [data-trouble]")?.remove();

document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status >= 500 ? "server" : "refused"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && unsay());
