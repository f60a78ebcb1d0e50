// While a name is typed at the desk, people it finds in any spelling are offered below its row. The letters travel in
// the body of a request, never in an address. Without this file the button below the rows does the same.
"use strict";
(() => {
  const WAIT = 250, LEAST = 3;
  for (const form of document.querySelectorAll("form[data-known]")) {
    const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    for (const here of form.querySelectorAll("[data-known-here]")) {
      const number = here.dataset.knownHere;
      const field = form.querySelector(`input[name="r${number}-name"]`);
      let timer = 0, asked = 0;
      here.setAttribute("aria-live", "polite");
      field.addEventListener("input", () => {
        clearTimeout(timer);
        const typed = field.value.trim(), mine = ++asked;
        if (typed.length < LEAST) { here.replaceChildren(); return; }
        timer = setTimeout(async () => {
          const body = new URLSearchParams({ q: typed, number, csrfmiddlewaretoken: token });
          try {
            const answer = await fetch(form.dataset.known, { method: "POST", body });
            if (answer.ok && mine === asked) here.innerHTML = await answer.text();
          } catch {
            // the server is away for a moment; the button asks again
          }
        }, WAIT);
      });
    }
  }
})();
