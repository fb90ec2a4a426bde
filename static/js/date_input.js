// Inputs with data-date: 15102026 and 15-10-2026 become 15/10/2026 on leaving.
(function () {
  "use strict";
  document.addEventListener("focusout", (event) => {
    if (!event.target.matches("input[data-date]")) return;
    const parts = event.target.value.trim().match(/^(\d{1,2})[-./\s]?(\d{1,2})[-./\s]?(\d{4})$/);
    if (!parts) return;
    const [, day, month, year] = parts;
    event.target.value = [day.padStart(2, "0"), month.padStart(2, "0"), year].join("/");
  });
})();
