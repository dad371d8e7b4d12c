// The draft agenda: items are dragged into place, or moved by Alt and the arrows. The buttons do the same without this.
"use strict";

const form = document.querySelector("form[data-orden]");
const handles = [...document.querySelectorAll("[data-flytt]")];
const rowOf = (element) => element.closest("tr");
let dragged = null;

function order() {
  return [...document.querySelectorAll("[data-flytt]")].map((handle) => handle.dataset.flytt).join(",");
}

function drop() {
  const field = form.elements["orden-ny"];
  if (order() === form.elements["orden-sett"].value) return;
  field.value = order();
  field.disabled = false;
  form.requestSubmit();
}

for (const handle of handles) {
  const row = rowOf(handle);
  handle.hidden = false;
  handle.addEventListener("pointerdown", () => (row.draggable = true));
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    row.classList.add("dras");
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row || dragged.parentNode !== row.parentNode) return;
    event.preventDefault();
    const below = event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
    row.parentNode.insertBefore(dragged, below ? row.nextSibling : row);
  });
  row.addEventListener("drop", (event) => event.preventDefault());
  row.addEventListener("dragend", () => {
    row.draggable = false;
    row.classList.remove("dras");
    dragged = null;
    drop();
  });
  row.addEventListener("keydown", (event) => {
    const name = { ArrowUp: "orden-opp", ArrowDown: "orden-ned" }[event.key];
    if (!event.altKey || !name) return;
    event.preventDefault();
    row.querySelector(`button[name="${name}"]`)?.click();
  });
}

// After a move the focus is where it was, so that the next press moves the same item on.
const moved = document.getElementById(location.hash.slice(1));
if (moved?.matches("[data-flyttet]")) rowOf(moved).querySelector("button:not([disabled])")?.focus();
