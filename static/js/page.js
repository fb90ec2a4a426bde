// Small things of every page: focus on the error summary, menus that close, the connection notice.
(function () {
  "use strict";

  function focusErrors(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (link) {
      const place = document.getElementById(link.hash.slice(1));
      if (!place) return;
      event.preventDefault();
      const control = place.matches("input, select, textarea")
        ? place
        : place.querySelector("input:not([type=hidden]), select, textarea");
      (document.getElementById(place.id + "_field") || place).scrollIntoView();
      if (control) control.focus({ preventScroll: true });
    }
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  const notice = document.querySelector("[data-connection]");
  function connected(yes) {
    if (notice) notice.hidden = yes;
  }
  window.addEventListener("offline", () => connected(false));
  window.addEventListener("online", () => connected(true));
  document.addEventListener("htmx:sendError", () => connected(false));
  document.addEventListener("htmx:afterOnLoad", () => connected(true));
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

  // On a phone the row of tabs scrolls: the one in use is in sight.
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
  });

  // A table wider than its place scrolls, with the keyboard too; another keeps its header in sight.
  function measureTables() {
    document.querySelectorAll(".table-scroll").forEach((box) => {
      box.classList.remove("fits");
      if (box.scrollWidth <= box.clientWidth) {
        box.classList.add("fits");
        ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
        return;
      }
      const caption = box.querySelector("caption");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", caption ? caption.textContent.trim() : "Bảng");
    });
  }
  window.addEventListener("resize", measureTables);
  document.addEventListener("htmx:afterSwap", measureTables);

  measureTables();
  focusErrors(document);
})();
