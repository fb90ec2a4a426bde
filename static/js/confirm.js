// Forms with data-once are sent once; forms with data-confirm ask first, in a dialog.
(function () {
  "use strict";
  const WAIT = "Đang gửi …";

  function ask(sentence, act) {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    const text = document.createElement("p");
    text.id = "ask-text";
    text.textContent = sentence;
    dialog.setAttribute("aria-labelledby", text.id);
    const buttons = document.createElement("form");
    buttons.method = "dialog";
    buttons.className = "acts";
    buttons.append(button(act, "yes", "btn btn-primary"), button("Thôi", "no", "btn btn-link"));
    dialog.append(text, buttons);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
  }

  function button(text, value, className) {
    const made = document.createElement("button");
    made.textContent = text;
    made.value = value;
    made.className = className;
    return made;
  }

  // Its own and those elsewhere on the page that name it.
  function buttonsOf(form) {
    return [...form.elements].filter((each) => each.matches("button") && each.type === "submit");
  }

  function lock(form, submitter) {
    form.dataset.sent = "true";
    // After this event, so that the pressed button's own name and value are still sent.
    setTimeout(() => {
      buttonsOf(form).forEach((each) => {
        each.disabled = true;
      });
      if (submitter) {
        submitter.dataset.text = submitter.textContent;
        submitter.textContent = WAIT;
      }
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const sentence = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (sentence && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(sentence, submitter ? submitter.textContent.trim() : "Đồng ý").then((agreed) => {
        if (!agreed) return;
        form.dataset.confirmed = "true";
        form.requestSubmit(submitter);
      });
      return;
    }
    if (form.hasAttribute("data-once")) lock(form, submitter);
  }, true);

  function unlock(form) {
    delete form.dataset.sent;
    delete form.dataset.confirmed;
    buttonsOf(form).forEach((each) => {
      each.disabled = false;
      if (each.dataset.text) each.textContent = each.dataset.text;
    });
  }

  // An answer into the same page, or back to a page kept by the browser: the buttons work again.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-sent]");
    if (form) unlock(form);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(unlock);
  });
})();
