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

// Signed out in the meantime: the same once more without htmx leads to the sign-in page, which keeps what was typed.
const signIn = (element) => {
  const form = element.closest("form");
  if (form?.method !== "post") return window.location.reload();
  form.removeAttribute("data-guard");
  return form.submit();
};

document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) signIn(event.detail.elt);
  else say(status >= 500 ? "server" : "refused");
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && unsay());
