// parts/rows.html: "Thêm dòng" copies the empty line of the formset and counts it.
(function () {
  "use strict";
  document.querySelectorAll("[data-rows]").forEach((part) => {
    const prefix = part.dataset.rows;
    const total = part.querySelector("[name='" + prefix + "-TOTAL_FORMS']");
    const most = part.querySelector("[name='" + prefix + "-MAX_NUM_FORMS']");
    const body = part.querySelector("[data-rows-body]");
    const empty = part.querySelector("[data-rows-empty]");
    const add = part.querySelector("[data-rows-add]");
    if (!total || !empty || !add) return;
    add.hidden = false;

    add.addEventListener("click", () => {
      const index = Number(total.value);
      if (most && index >= Number(most.value)) return;
      const made = document.createElement("tbody");
      made.innerHTML = empty.innerHTML.replace(/__prefix__/g, String(index));
      const row = made.querySelector("tr");
      row.querySelector("[data-row-number]").textContent = String(body.children.length + 1);
      body.append(row);
      total.value = String(index + 1);
      row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
      const first = row.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    });
  });
})();
