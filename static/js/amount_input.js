// Inputs with data-amount: dots between thousands on leaving, the sum in words below at once.
// Only display: the server reads the text again by its own rule.
(function () {
  "use strict";

  // "1.500.000 đ", "1 500 000", "1,500,000" → 1500000; anything else → null.
  function read(text) {
    const bare = text.trim().replace(/\s*(đồng|đ|vnđ|vnd)\.?$/i, "");
    if (!/^\d+$|^\d{1,3}([.,\s])\d{3}(\1\d{3})*$/.test(bare)) return null;
    const number = Number(bare.replace(/[.,\s]/g, ""));
    return Number.isSafeInteger(number) ? number : null;
  }

  function grouped(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  }

  function wordsBelow(input) {
    const id = input.id + "_words";
    let line = document.getElementById(id);
    if (!line) {
      line = document.createElement("p");
      line.id = id;
      line.className = "amount-words";
      line.setAttribute("aria-live", "polite");
      input.insertAdjacentElement("afterend", line);
    }
    return line;
  }

  function tell(input) {
    const number = read(input.value);
    wordsBelow(input).textContent = number === null ? "" : window.dongInWords(number);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("input[data-amount]")) tell(event.target);
  });

  document.addEventListener("focusout", (event) => {
    if (!event.target.matches("input[data-amount]")) return;
    const number = read(event.target.value);
    if (number !== null) event.target.value = grouped(number);
  });

  document.querySelectorAll("input[data-amount]").forEach((input) => {
    if (input.value) tell(input);
  });
})();
