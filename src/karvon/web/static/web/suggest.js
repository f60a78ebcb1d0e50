// While somebody types a name, the first people it finds in any spelling are offered below the field. The letters
// travel in the body of a request, never in an address. Enter without a choice searches as without this file.
"use strict";
(() => {
  const WAIT = 120;
  // What a search found has an address that names nobody: Back leads there and does not ask to send the form again.
  const sought = document.querySelector("meta[name=sought]");
  if (sought) history.replaceState(null, "", sought.content);
  for (const [number, field] of document.querySelectorAll("input[data-suggest]").entries()) {
    const list = document.createElement("ul");
    let found = [], at = -1, asked = 0, timer = 0;
    list.className = "suggested";
    list.id = `suggested-${number}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.getAttribute("aria-label") || field.labels?.[0]?.textContent || "");
    list.hidden = true;
    const around = document.createElement("span");
    around.className = "suggest";
    field.replaceWith(around);
    around.append(field, list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);

    const close = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    function mark(place) {
      at = (place + found.length) % found.length;
      for (const [index, row] of [...list.children].entries()) row.setAttribute("aria-selected", String(index === at));
      field.setAttribute("aria-activedescendant", list.children[at].id);
    }
    function offer() {
      list.replaceChildren(...found.map((one, index) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${index}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        const name = document.createElement("span"), about = document.createElement("span");
        name.textContent = one.name;
        name.translate = false;
        about.textContent = one.about ? ` ${one.about}` : "";
        about.className = "quiet-text";
        row.append(name, about);
        row.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(one.href); });
        return row;
      }));
      at = -1;
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(!!found.length));
    }
    async function ask() {
      const text = field.value.trim(), mine = ++asked;
      if (text.length < 2) return close();
      const body = new FormData();
      body.set("q", text);
      body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(field.dataset.suggest, { method: "POST", body, credentials: "same-origin" });
        if (mine !== asked || !answer.ok || document.activeElement !== field) return;
        found = (await answer.json()).found;
        if (mine === asked) offer();
      } catch { close(); }
    }
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    field.addEventListener("blur", () => { asked += 1; close(); });
    field.addEventListener("keydown", (event) => {
      if (list.hidden || !found.length) return;
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at < 0 ? found.length - 1 : at - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) location.assign(found[at].href);
      else return;
      event.preventDefault();
    });
  }
})();
