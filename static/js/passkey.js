// Tie the button of a page to the device's passkeys. The talking is done by allauth's scripts, which come before this one.
const part = document.querySelector("[data-passkey]");
const begin = window.allauth?.webauthn?.forms[part?.dataset.passkey];
if (begin && window.PublicKeyCredential) {
  part.hidden = false;
  document.querySelectorAll("[data-without-passkeys]").forEach((words) => { words.hidden = true; });
  const button = "passkey-button";
  begin({
    ids: {
      add: button,
      authenticate: button,
      login: button,
      credential: "passkey-credential",
      data: "passkey-data",
      passwordless: "id_passwordless",
    },
  });
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-trouble]").forEach((words) => { words.hidden = false; });
});
