// Passkeys are the one thing a browser gives to a script only. A form with data-passkey asks for one when it is
// sent, puts what the browser gave into its field "credential" and goes on. The page works without this file.
"use strict";
(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (credentials) => (credentials || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  async function options(form) {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent).publicKey;
    const answer = await fetch(form.dataset.optionsAt, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options.publicKey;
  }

  async function ask(form) {
    const asked = await options(form);
    asked.challenge = toBytes(asked.challenge);
    if (form.dataset.passkey === "create") {
      asked.user.id = toBytes(asked.user.id);
      asked.excludeCredentials = listed(asked.excludeCredentials);
      return navigator.credentials.create({ publicKey: asked });
    }
    asked.allowCredentials = listed(asked.allowCredentials);
    return navigator.credentials.get({ publicKey: asked });
  }

  function written(given) {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (given.response[part]) response[part] = toText(given.response[part]);
    }
    return JSON.stringify({
      id: given.id,
      rawId: toText(given.rawId),
      type: given.type,
      response,
      clientExtensionResults: given.getClientExtensionResults(),
    });
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.credential.value = written(await ask(form));
      } catch {
        failed.hidden = false;
        return;
      }
      form.submit();
    });
  }
})();
