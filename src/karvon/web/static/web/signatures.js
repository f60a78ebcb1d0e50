// Ticking signatures by key: j, k and the arrows move, s ticks and goes on; each tick is saved at once. The scan goes
// to the page a line stands on.
(() => {
  "use strict";
  const form = document.querySelector("form[data-signatures]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=seen]")];
  const seen = document.querySelector("[data-seen]");
  const notSaved = document.querySelector("[data-not-saved]");
  document.querySelector("[data-keys]").hidden = false;
  let waiting = Promise.resolve();
  let unsaved = 0;
  const count = (by) => {
    unsaved += by;
    form.dataset.unsaved = unsaved;
  };
  count(0);
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  const save = (box) => {
    const said = new FormData();
    said.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    said.set("do", "one");
    said.set("line", box.value);
    said.set("seen", box.checked ? "yes" : "");
    count(1);
    waiting = waiting.then(async () => {
      try {
        const answer = await fetch(location.href, { method: "POST", body: said });
        if (!answer.ok) throw new Error(answer.status);
        seen.textContent = (await answer.json()).seen;
        box.closest("tr").classList.toggle("saved", box.checked);
        notSaved.hidden = true;
      } catch {
        notSaved.hidden = false;
      }
      count(-1);
    });
  };
  const scan = document.querySelector(".scan");
  const turnTo = (box) => {
    const page = scan?.querySelector(`[data-page="${box.closest("tr").dataset.page}"]`);
    if (page) scan.scrollTop += page.getBoundingClientRect().top - scan.getBoundingClientRect().top;
  };
  const go = (from, by) => {
    const to = boxes[Math.min(boxes.length - 1, Math.max(0, from + by))];
    if (!to) return;
    to.focus();
    to.scrollIntoView({ block: "center" });
  };
  for (const box of boxes) {
    box.addEventListener("change", () => save(box));
    box.addEventListener("focus", () => turnTo(box));
  }
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || field) return;
    const at = boxes.indexOf(document.activeElement);
    if (event.code === "KeyJ" || event.key === "ArrowDown") go(at, 1);
    else if (event.code === "KeyK" || event.key === "ArrowUp") go(at < 0 ? 0 : at, -1);
    else if (event.code === "KeyS") {
      if (at >= 0) boxes[at].click(); // else the first line is only gone to: nobody looked at it yet
      go(at, 1);
    } else return;
    event.preventDefault();
  });
})();
