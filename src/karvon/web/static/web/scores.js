// Down a list of scores: Enter and the arrows go to the same column of the next row. The Tab key goes on as always, and
// the list works without this file.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-down]")) {
    form.addEventListener("keydown", (event) => {
      const column = event.target.dataset.column;
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!column || !step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const fields = [...form.querySelectorAll(`input[data-column="${column}"]`)];
      const next = fields[fields.indexOf(event.target) + step];
      if (next) { next.focus(); next.select(); }
      else if (step > 0) form.querySelector("button").focus();
    });
  }
})();
