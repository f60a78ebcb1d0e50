// One key for each answer to a doubt: s or 1, d or 2, c or 3; j, k and the arrows move, r gives a reason, u takes
// the last decision back. The buttons do all of it without this file.
"use strict";
(() => {
  const doubts = [...document.querySelectorAll("article.doubt")].filter((one) => one.querySelector("form.decide"));
  if (!doubts.length) return;
  document.documentElement.classList.add("with-keys");
  const verdicts = { s: "same", 1: "same", d: "different", 2: "different", c: "cannot_tell", 3: "cannot_tell" };
  let at = Math.max(0, doubts.findIndex((one) => one.id === decodeURIComponent(location.hash.slice(1))));
  let sent = false;

  function show(place, { scroll = true } = {}) {
    doubts[at].classList.remove("current");
    at = Math.min(Math.max(place, 0), doubts.length - 1);
    doubts[at].classList.add("current");
    doubts[at].focus({ preventScroll: true });
    if (scroll) doubts[at].scrollIntoView({ block: "nearest" });
  }

  for (const [place, doubt] of doubts.entries()) {
    doubt.addEventListener("focusin", () => {
      if (place === at) return;
      doubts[at].classList.remove("current");
      at = place;
      doubt.classList.add("current");
    });
    doubt.querySelector("form.decide").addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  }
  addEventListener("pageshow", () => { sent = false; });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key in verdicts) {
      const button = doubts[at].querySelector(`button[value="${verdicts[key]}"]`);
      if (!button) return;
      button.click();
    } else if (key === "j" || key === "arrowdown") show(at + 1);
    else if (key === "k" || key === "arrowup") show(at - 1);
    else if (key === "r") {
      const why = doubts[at].querySelector("details.why");
      why.open = true;
      why.querySelector("textarea").focus();
    } else if (key === "u") {
      const undo = document.querySelector(".told form button");
      if (!undo) return;
      undo.click();
    } else return;
    event.preventDefault();
  });
  show(at, { scroll: at > 0 });
})();
