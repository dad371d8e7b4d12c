// Suggestions while one types in a search field: <input data-fullfoer="address">. Without it the form just searches.
"use strict";

const PAUSE = 150;
const FEWEST = 2;

function suggestionsFor(input) {
  const list = document.createElement("ul");
  list.className = "fullfoer";
  list.id = `${input.id}-forslag`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Forslag");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  return list;
}

function option(found, index, list) {
  const item = document.createElement("li");
  item.id = `${list.id}-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = found.url;
  for (const [name, text] of [["nummer", found.nummer], ["ord", found.ord], ["slag", found.slag]]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = `fullfoer-${name}`;
    part.textContent = text;
    item.append(part, " ");
  }
  return item;
}

function start(input) {
  const list = suggestionsFor(input);
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    list.replaceChildren(...found.map((one, index) => option(one, index, list)));
    list.hidden = found.length === 0;
    chosen = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = input.value.trim();
    const number = ++asked;
    if (text.length < FEWEST) return close();
    try {
      const answer = await fetch(`${input.dataset.fullfoer}?q=${encodeURIComponent(text)}`);
      const { forslag } = await answer.json();
      if (number === asked && document.activeElement === input) show(forslag);
    } catch {
      close(); // Off the network one can still search.
    }
  }

  function choose(step) {
    const items = [...list.children];
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = (chosen + step + items.length + 1) % (items.length + 1);
    if (chosen === items.length) chosen = step > 0 ? -1 : items.length - 1;
    items[chosen]?.setAttribute("aria-selected", "true");
    items[chosen]?.scrollIntoView({ block: "nearest" });
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  // Before the field loses its focus, which closes the list.
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[data-url]");
    if (!item) return;
    event.preventDefault();
    location.assign(item.dataset.url);
  });
}

for (const input of document.querySelectorAll("[data-fullfoer]")) start(input);
