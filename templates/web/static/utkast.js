// A member's draft is saved while it is written: on the server, and on the device until the server has it.
// The form also works without this.
"use strict";

const form = document.querySelector("[data-autolagre]");
const receipt = form.querySelector("[data-lagret]");
const key = `forslagsutkast-${form.dataset.autolagre}`;
const fields = () => [...form.elements].filter((field) => field.name?.startsWith("forslag-"));
let waiting = 0;

form.addEventListener("input", () => {
  keep();
  clearTimeout(waiting);
  waiting = setTimeout(save, 1500);
});
addEventListener("online", () => stored(() => localStorage.getItem(key)) && save());

function stored(action) {
  try {
    return action();
  } catch {
    return null; // Without storage the words live as long as the page.
  }
}

function keep() {
  const typed = Object.fromEntries(fields().map((field) => [field.name, field.value]));
  stored(() => localStorage.setItem(key, JSON.stringify(typed)));
}

async function save() {
  const sent = new FormData(form);
  sent.set("stille", "ja");
  const typed = stored(() => localStorage.getItem(key));
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (answer.status !== 204) throw new Error(`${answer.status}`);
    // Words typed meanwhile stay on the device until they are saved too.
    if (stored(() => localStorage.getItem(key)) === typed) stored(() => localStorage.removeItem(key));
    receipt.textContent = `Utkastet er lagret kl. ${new Date().toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" })}.`;
    history.replaceState(null, "", form.action);
  } catch {
    receipt.textContent = "Ikke lagret på nettet. Teksten ligger på enheten din og lagres når nettet er tilbake.";
  }
}

function restore() {
  const kept = JSON.parse(stored(() => localStorage.getItem(key)) ?? "{}");
  for (const field of fields()) if (field.name in kept) field.value = kept[field.name];
  if (Object.keys(kept).length) save();
}

// Words selected in a paragraph go with the link that points at it.
for (const link of document.querySelectorAll("[data-pek]")) {
  const address = link.href;
  link.addEventListener("mousedown", () => {
    const words = getSelection().toString().trim();
    link.href = words ? `${address}&${new URLSearchParams({ ord: words })}` : address;
  });
}

restore();
