// parts/picker.html: typing asks the search address, arrows and Enter (or a tap) choose.
(function () {
  "use strict";
  const WAIT_MS = 250;
  const LEAST = 2;

  function start(picker) {
    const input = picker.querySelector("input[role=combobox]");
    const key = picker.querySelector("[data-picker-key]");
    const list = picker.querySelector("[role=listbox]");
    const status = picker.querySelector("[data-picker-status]");
    let timer = 0;
    let running = null;

    function finds() {
      return Array.from(list.querySelectorAll("[data-key]"));
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function show(html) {
      list.innerHTML = html;
      finds().forEach((find, index) => {
        find.id = list.id + "_" + index;
        find.setAttribute("aria-selected", "false");
      });
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const count = finds().length;
      status.textContent = count ? count + " kết quả" : "Không tìm thấy";
    }

    function search() {
      if (running) running.abort();
      running = new AbortController();
      const join = picker.dataset.pickerUrl.includes("?") ? "&" : "?";
      const address = picker.dataset.pickerUrl + join + "q=" + encodeURIComponent(input.value.trim());
      fetch(address, { signal: running.signal, headers: { "HX-Request": "true" } })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
        .then(show)
        .catch((problem) => {
          if (problem.name !== "AbortError") close();
        });
    }

    function choose(find) {
      key.value = find.dataset.key;
      input.value = find.dataset.label;
      key.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    }

    function move(step) {
      const all = finds();
      if (!all.length || list.hidden) return;
      const at = all.findIndex((find) => find.getAttribute("aria-selected") === "true");
      const next = all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length];
      all.forEach((find) => find.setAttribute("aria-selected", String(find === next)));
      input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    }

    input.addEventListener("input", () => {
      key.value = "";
      clearTimeout(timer);
      if (input.value.trim().length < LEAST) close();
      else timer = setTimeout(search, WAIT_MS);
    });

    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && !list.hidden) {
        const chosen = list.querySelector("[aria-selected=true]");
        event.preventDefault();
        if (chosen) choose(chosen);
      } else if (event.key === "Escape") {
        close();
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const find = event.target.closest("[data-key]");
      if (find) choose(find);
    });
    input.addEventListener("blur", close);
  }

  function startAll(root) {
    root.querySelectorAll("[data-picker]").forEach((picker) => {
      if (picker.dataset.started) return;
      picker.dataset.started = "true";
      start(picker);
    });
  }

  document.addEventListener("rows:added", (event) => startAll(event.target));
  document.addEventListener("htmx:afterSwap", (event) => startAll(event.target));
  startAll(document);
})();
