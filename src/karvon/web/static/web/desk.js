// Conveniences of the desk: files may be dropped, too large ones are told before they are sent, the bar moves.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const input = form.querySelector("input[type=file]");
    const wrong = form.querySelector("[data-too-large]");
    const fits = () => {
      const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
      wrong.hidden = size <= Number(form.dataset.most);
      return wrong.hidden;
    };
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("dropping");
    });
    form.addEventListener("dragleave", () => form.classList.remove("dropping"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      if (fits()) form.requestSubmit();
    });
    input.addEventListener("change", fits);
    form.addEventListener("submit", (event) => {
      if (!fits()) event.preventDefault();
    });
  }
  const working = document.querySelector("[data-progress]");
  if (working) {
    const bar = working.querySelector("progress");
    const ask = async () => {
      try {
        const answer = await fetch(working.dataset.progress, { headers: { Accept: "application/json" } });
        const said = await answer.json();
        bar.value = said.share;
        if (said.state !== "running") return location.reload();
      } catch {
        // the server is away for a moment; ask again
      }
      return setTimeout(ask, 1000);
    };
    setTimeout(ask, 700);
  }
})();
