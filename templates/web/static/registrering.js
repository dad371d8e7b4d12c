// The registration page: forms are sent without leaving the page, typed words are kept, tallies are checked at once.
// Every form also works without this.
"use strict";

// --- forms: send, and put the page that comes back in place of this one ------------------------------------------------

const page = () => document.getElementById("registrering");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("registrer" in form.dataset)) return;
  event.preventDefault();
  if (!form.hasAttribute("data-sender")) send(form, event.submitter);
});

async function send(form, submitter) {
  form.setAttribute("data-sender", "");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) });
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!shown.getElementById("registrering")) {
      // Another page: logged out, or a treatment that is done.
      if (answer.ok) location.assign(answer.url);
      else replaceDocument(shown);
      return;
    }
    if (answer.ok) forgetDraft(form);
    show(shown, answer, form.closest(".brett")?.id);
  } catch {
    tell("Det ble ikke sendt: nettet svarer ikke. Det du skrev, står her. Prøv igjen.");
    form.removeAttribute("aria-busy");
    form.removeAttribute("data-sender");
  }
}

function show(shown, answer, used) {
  document.querySelector(".meldinger").replaceChildren(...shown.querySelector(".meldinger").childNodes);
  page().replaceWith(shown.getElementById("registrering"));
  if (answer.redirected) history.replaceState(null, "", answer.url);
  start();
  focusWhatMatters(used);
}

function replaceDocument(shown) {
  document.title = shown.title;
  document.querySelector("main").replaceWith(shown.querySelector("main"));
}

// What is wrong, else the name of the form just used, so that the next one is near, else the form that stands open.
function focusWhatMatters(used) {
  const wrong = page().querySelector("[data-fokus]");
  const near = [used && `#${used} > summary`, ".brett[open] > summary"].filter(Boolean);
  const target = wrong ?? near.map((one) => page().querySelector(one)).find(Boolean) ?? document.querySelector("main");
  target.focus({ preventScroll: !wrong });
  wrong?.scrollIntoView({ block: "start" });
}

function tell(text) {
  const alert = document.createElement("div");
  alert.className = "ds-alert";
  alert.dataset.color = "danger";
  const line = document.createElement("p");
  line.textContent = text;
  alert.append(line);
  document.querySelector(".meldinger").replaceChildren(alert);
}

// --- a form that is opened takes the focus, at its first field; a ballot does not, so that one more key decides it -------

function focusOnOpening(form) {
  const summary = form.querySelector("summary");
  summary.addEventListener("click", () => setTimeout(() => form.open && takeFocus(form, summary)));
}

function takeFocus(form, summary) {
  const field = form.id === "votering" ? summary : form.querySelector("select, input:not([type=hidden]), textarea");
  (field ?? summary).focus();
  form.scrollIntoView({ block: "nearest" });
}

// --- words that are not sent yet are kept in this tab ---------------------------------------------------------------------

const draftKey = (form) => `utkast-${form.dataset.utkast}`;
const isKept = (field) => field.name && !["hidden", "checkbox", "radio", "submit"].includes(field.type);

function keepDraft(form) {
  const typed = [...form.elements].filter(isKept).map((field) => [field.name, field.value]);
  try {
    sessionStorage.setItem(draftKey(form), JSON.stringify(typed));
  } catch {
    // Without storage the words live as long as the page.
  }
}

function forgetDraft(form) {
  try {
    if (form.dataset.utkast) sessionStorage.removeItem(draftKey(form));
  } catch {
    // Nothing was kept.
  }
}

function restoreDraft(form) {
  let kept = null;
  try {
    kept = sessionStorage.getItem(draftKey(form));
  } catch {
    return;
  }
  for (const [name, value] of JSON.parse(kept ?? "[]")) {
    const field = form.elements[name];
    if (field && value && field.value === field.defaultValue && field.tagName !== "SELECT") field.value = value;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.utkast) keepDraft(form);
});

// --- a tally is checked while it is typed ------------------------------------------------------------------------------------

let waiting = 0;

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-sjekk]");
  if (!field) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => check(field), 250);
});

async function check(field) {
  const output = field.form.querySelector(".stemmesjekk");
  const typed = field.value.trim();
  if (!typed) return output.replaceChildren();
  const answer = await fetch(`${field.dataset.sjekk}?${new URLSearchParams({ tekst: typed })}`);
  if (!answer.ok || field.value.trim() !== typed) return;
  const found = await answer.json();
  output.dataset.gyldig = found.gyldig ? "ja" : "nei";
  output.textContent = found.tekst;
}

// --- a tally can be clicked: one more, one less of a party; the words typed are what is sent --------------------------------

const counters = (field) => field && document.querySelector(`[data-tellere="${field.id}"]`);
const countOf = (field, party) => {
  const typed = field.value.match(new RegExp(`(?<![\\p{L}\\d])(\\d*)\\s*${party}(?![\\p{L}])`, "iu"));
  return typed ? Number(typed[1] || 1) : 0;
};
const partiesOf = (box) => [...box.querySelectorAll("[data-parti]")];

function showCounts(field) {
  const box = counters(field);
  if (!box) return;
  box.hidden = false;
  for (const party of partiesOf(box)) party.querySelector("b").textContent = countOf(field, party.dataset.parti);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-endre]");
  if (!button) return;
  const box = button.closest("[data-tellere]");
  const field = document.getElementById(box.dataset.tellere);
  const changed = button.parentElement.querySelector("[data-parti]");
  const counts = partiesOf(box).map((party) => {
    const step = party === changed ? Number(button.dataset.endre) : 0;
    const wanted = countOf(field, party.dataset.parti) + step;
    return [party.dataset.parti, Math.max(0, Math.min(wanted, Number(party.dataset.tilStede)))];
  });
  field.value = counts.filter(([, votes]) => votes).map(([code, votes]) => `${votes}${code}`).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", (event) => showCounts(event.target.closest("[data-sjekk]")));

// --- parties join in the order in which they are ticked -------------------------------------------------------------------------

document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-rekkefoelge]");
  if (!group || event.target.type !== "checkbox" || event.target.name.endsWith("-alle")) return;
  const field = group.querySelector("input[type=hidden]");
  const others = field.value.split(",").filter((code) => code && code !== event.target.value);
  field.value = [...others, ...(event.target.checked ? [event.target.value] : [])].join(",");
  group.querySelector("output").textContent = field.value.replaceAll(",", ", ");
});

// --- the clock -----------------------------------------------------------------------------------------------------------------

function tick() {
  const clock = document.querySelector("[data-klokke]");
  if (!clock) return;
  const now = new Date();
  clock.textContent = `kl. ${now.toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo" }).replace(":", ".")}`;
  clock.dateTime = now.toISOString();
}

// --- the meeting is held live: what others record is shown, unless something is being typed here ---------------------------------

document.addEventListener("direkte", async () => {
  const live = document.querySelector(".direktestripe").dataset;
  const seen = page().querySelector("[name=radversjon]")?.value;
  const typing = [...page().querySelectorAll("input:not([type=hidden]), textarea")].some((one) => one.value !== one.defaultValue);
  if (live.sak !== page().dataset.sak || !seen || live.radversjon === seen || typing) return;
  const shown = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  if (!shown.getElementById("registrering") || page().querySelector("[data-sender]")) return;
  page().replaceWith(shown.getElementById("registrering"));
  start();
});

// --- start ---------------------------------------------------------------------------------------------------------------------

function start() {
  for (const form of page().querySelectorAll(".brett")) focusOnOpening(form);
  for (const form of page().querySelectorAll("form[data-utkast]")) restoreDraft(form);
  showCounts(page().querySelector("[data-sjekk]"));
  tick();
}

start();
setInterval(tick, 10000);
