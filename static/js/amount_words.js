// The sum in words, by the same rule as config/vietnamese/amounts.py ("lẻ", "tư" after "mươi").
(function () {
  "use strict";
  const AFTER_TENS = { 1: "mốt", 4: "tư", 5: "lăm" };
  const DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split(" ");

  function belowThousand(number, full) {
    const hundreds = Math.floor(number / 100);
    const tens = Math.floor(number / 10) % 10;
    const ones = number % 10;
    const words = hundreds || full ? [DIGITS[hundreds], "trăm"] : [];
    if (tens === 0 && ones) {
      if (hundreds || full) words.push("lẻ");
      words.push(DIGITS[ones]);
    } else if (tens) {
      words.push(tens === 1 ? "mười" : DIGITS[tens] + " mươi");
      if (tens > 1 || ones === 5) words.push(AFTER_TENS[ones] || (ones ? DIGITS[ones] : ""));
      else if (ones) words.push(DIGITS[ones]);
    }
    return words.filter(Boolean).join(" ");
  }

  function belowBillion(number, full) {
    const words = [];
    [[1e6, "triệu"], [1e3, "nghìn"], [1, ""]].forEach(([size, name]) => {
      const part = Math.floor(number / size) % 1000;
      if (part) words.push((belowThousand(part, full) + " " + name).trim());
      full = full || words.length > 0;
    });
    return words.join(" ");
  }

  function inWords(number) {
    if (number === 0) return DIGITS[0];
    const high = Math.floor(number / 1e9);
    const low = number % 1e9;
    if (!high) return belowBillion(low, false);
    return (inWords(high) + " tỷ " + (low ? belowBillion(low, true) : "")).trim();
  }

  // Whole đồng up to 2^53; "Một triệu năm trăm nghìn đồng".
  window.dongInWords = function (number) {
    const words = inWords(number) + " đồng";
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
})();
