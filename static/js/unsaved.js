// Leaving a form with data-unsaved that was changed and not sent asks first.
(function () {
  "use strict";
  let changed = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-unsaved]")) changed = true;
  });

  document.addEventListener("submit", () => {
    changed = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
