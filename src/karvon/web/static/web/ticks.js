// Ticking many lines of a table: one box for all of them, and Shift from one to another. The table works without this.
"use strict";
(() => {
  const all = document.querySelector("input[data-all]");
  const boxes = [...document.querySelectorAll("input[name=line]")];
  if (!all || !boxes.length) return;
  let last = null;
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        boxes.slice(from, to + 1).forEach((between) => { between.checked = box.checked; });
      }
      last = box;
      count();
    });
  }
  count();
})();
