// In tables to fill in, Enter goes to the next box as in Excel; Ctrl+Enter sends the form.
(function () {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented) return;
    const form = event.target.form;
    if (!form) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!event.target.matches(".rows-table input, .rows-table select")) return;
    event.preventDefault();
    const boxes = Array.from(
      form.querySelectorAll(".rows-table input:not([type=hidden]), .rows-table select")
    );
    const next = boxes[boxes.indexOf(event.target) + 1];
    if (next) next.focus();
    else if (form.querySelector("[data-rows-add]")) form.querySelector("[data-rows-add]").click();
  });
})();
