// Passkeys (WebAuthn), the one thing that needs a script: a form with data-passkey ("get" or "create") asks the server what to ask, asks the browser, and sends its answer. Without this script the forms stay hidden.
"use strict";
const hasName = !/^[\d.]+$|:/.test(location.hostname); // a passkey is for the name of a host
const canPasskeys = hasName && window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;
const asked = async (form) => {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  const options = await answer.json();
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};
if (canPasskeys) {
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-problem]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const name = form.elements.namedItem("name");
      if (name && !name.value.trim()) return; // the server says what is missing
      event.preventDefault();
      problem.hidden = true;
      try {
        form.elements.namedItem("credential").value = JSON.stringify(await asked(form));
        form.submit();
      } catch { problem.hidden = false; }
    });
  }
}
