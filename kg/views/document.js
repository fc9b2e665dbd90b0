"use strict";
// Lights up the words of the claim that somebody points at; the page is whole without it.
(() => {
  const byClaim = new Map();
  const of = (number) => {
    if (!byClaim.has(number)) byClaim.set(number, { said: [], subject: [], object: [] });
    return byClaim.get(number);
  };
  for (const words of document.querySelectorAll(".text .w")) {
    for (const number of (words.dataset.c || "").split(" ").filter(Boolean)) of(number).said.push(words);
    for (const role of (words.dataset.w || "").split(" ").filter(Boolean)) {
      of(role.slice(0, -1))[role.endsWith("s") ? "subject" : "object"].push(words);
    }
  }
  const cards = [...document.querySelectorAll(".card")];
  const list = document.querySelector("aside");
  const lit = [];
  let pinned = null;

  const light = (element, name) => {
    element.classList.add(name);
    lit.push([element, name]);
  };
  const dark = () => {
    for (const [element, name] of lit.splice(0)) element.classList.remove(name);
  };
  const card = (number) => document.getElementById(`claim-${number}`);
  const intoList = (element) => {
    const frame = list.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    if (list.scrollHeight <= list.clientHeight) return;
    if (own.top < frame.top + 44 || own.bottom > frame.bottom) list.scrollTop += own.top - frame.top - 48;
  };
  const intoText = (number) => {
    const [first] = of(number).said;
    const own = first && first.getBoundingClientRect();
    if (own && (own.top < 0 || own.bottom > innerHeight)) first.scrollIntoView({ block: "center" });
  };
  const show = (numbers, { scroll = true } = {}) => {
    dark();
    const shown = numbers.map(card).filter((each) => each && each.checkVisibility());
    if (!shown.length) return;
    document.body.classList.add("pointing");
    shown.forEach((each, place) => light(each, place ? "near" : "lit"));
    const { said, subject, object } = of(shown[0].dataset.n);
    said.forEach((each) => light(each, "is-evidence"));
    if (shown.length === 1) {
      subject.forEach((each) => light(each, "is-subject"));
      object.forEach((each) => light(each, "is-object"));
    }
    if (scroll) intoList(shown[0]);
  };
  const rest = () => {
    if (pinned) show([pinned], { scroll: false });
    else {
      dark();
      document.body.classList.remove("pointing");
    }
  };
  const pointed = (target) => {
    const on = target instanceof Element && target.closest(".card, .n, .w");
    if (!on) return [];
    if (on.matches(".card")) return [on.dataset.n];
    if (on.matches(".n")) return [on.textContent];
    return (on.dataset.c || "").split(" ").filter(Boolean);
  };
  const pin = (number) => {
    pinned = number;
    rest();
    if (number) intoList(card(number));
  };

  document.addEventListener("mouseover", (event) => {
    const numbers = pointed(event.target);
    if (numbers.length) show(numbers, { scroll: !list.contains(event.target) });
    else rest();
  });
  document.addEventListener("mouseleave", rest);
  document.addEventListener("focusin", (event) => {
    const numbers = pointed(event.target);
    if (numbers.length) show(numbers);
  });
  document.addEventListener("focusout", rest);
  document.addEventListener("click", (event) => {
    const numbers = pointed(event.target);
    if (!numbers.length) return;
    const link = event.target.closest("a.n");
    if (link) event.preventDefault();
    const next = numbers[(numbers.indexOf(pinned) + 1) % numbers.length];
    pin(next);
    history.replaceState(null, "", `#claim-${next}`);
    if (list.contains(event.target)) intoText(next);
    else if (link) card(next).querySelector(".n").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pin(null);
      if (document.activeElement) document.activeElement.blur();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = event.target instanceof Element && event.target.closest(".card");
    if (!step || !here) return;
    const seen = cards.filter((each) => each.checkVisibility());
    const next = seen[seen.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector(".n").focus({ preventScroll: true });
    intoList(next);
    intoText(next.dataset.n);
  });
  for (const words of document.querySelectorAll(".w.left")) {
    const inner = words.querySelector("[title]");
    words.title = `left over: ${words.dataset.left}${inner ? `; ${inner.title}` : ""}`;
  }
  const asked = /^#claim-(\d+)$/.exec(location.hash);
  if (asked && card(asked[1])) {
    pin(asked[1]);
    intoText(asked[1]);
  }
  window.chiptrace = { ready: true };
})();
