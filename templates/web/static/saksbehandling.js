// What makes the pages quicker to work in. Every page works without it.
"use strict";

const ROOT = document.documentElement;
const SWITCH = "hurtigtaster";

// --- keys: data-tast="n" on a link, button or field; data-tast-navn says what it does --------------------------
// Single keys can be turned off (WCAG 2.1.4), because speech input types them by accident.

function keysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== "av";
  } catch {
    return true;
  }
}

function turnKeys(on) {
  try {
    localStorage.setItem(SWITCH, on ? "paa" : "av");
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  ROOT.toggleAttribute("data-taster", on);
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable], dialog");
}

function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.altKey ? "alt+" : "") + (event.ctrlKey || event.metaKey ? "ctrl+" : "") + key;
}

function isVisible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

function use(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    if (element.select) element.select();
  } else {
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  const key = pressed(event);
  const single = !key.includes("+") || key === "+";
  if (single && (isTyping(event.target) || !ROOT.hasAttribute("data-taster"))) return;
  if (key === "?") return showKeys(event);
  const wanted = [...document.querySelectorAll("[data-tast]")].find((one) => one.dataset.tast === key && isVisible(one));
  if (!wanted) return;
  event.preventDefault();
  use(wanted);
});

function keyName(key) {
  return key.split("+").filter(Boolean).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(" + ") || key;
}

function keyList() {
  const list = document.createElement("dl");
  for (const one of document.querySelectorAll("[data-tast]")) {
    if (!isVisible(one)) continue;
    const key = document.createElement("kbd");
    key.textContent = keyName(one.dataset.tast);
    const term = document.createElement("dt");
    term.append(key);
    const meaning = document.createElement("dd");
    meaning.textContent = one.dataset.tastNavn || one.textContent.trim();
    list.append(term, meaning);
  }
  return list;
}

function keySwitch() {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = ROOT.hasAttribute("data-taster");
  box.addEventListener("change", () => turnKeys(box.checked));
  const label = document.createElement("label");
  label.append(box, " Bruk hurtigtaster med én tast");
  return label;
}

function showKeys(event) {
  event.preventDefault();
  const dialog = document.createElement("dialog");
  dialog.className = "taster";
  const heading = document.createElement("h2");
  heading.textContent = "Hurtigtaster";
  heading.id = "taster-overskrift";
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = document.createElement("button");
  close.className = "ds-button";
  close.textContent = "Lukk";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(heading, keyList(), keySwitch(), close);
  document.body.append(dialog);
  dialog.showModal();
}

// --- unsaved changes: <form data-vokt> asks before the page is left ----------------------------------------------

const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "vokt" in form.dataset) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// --- a form is sent once: a second press while the answer is awaited does nothing ----------------------------------
// A form or button whose answer is a file (data-last-ned) leaves the page where it is, and may be pressed again.

document.addEventListener("submit", (event) => {
  const form = event.target;
  const gives = (element) => element !== null && "lastNed" in element.dataset;
  if (form.method !== "post" || event.defaultPrevented || gives(form) || gives(event.submitter)) return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// --- menus close by Escape and by pressing elsewhere -----------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-meny][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-meny][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// --- start --------------------------------------------------------------------------------------------------------------

turnKeys(keysAreOn());
for (const button of document.querySelectorAll("[data-vis-taster]")) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}
document.querySelector("[data-fokus]")?.focus();
