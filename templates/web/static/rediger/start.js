// The form of a saksframlegg with a real editor in place of its two text fields. The form also works without this.
import { htmlOf, makeField, replaceAll } from "./felt.js";
import { Draft } from "./lagring.js";
import { makeTools } from "./verktoey.js";

const form = document.querySelector("[data-utkast]");
const receipt = form.querySelector("[data-lagret]");
const fields = {};
const title = form.elements.tittel;

for (const template of form.querySelectorAll("template[data-til]")) {
  const name = template.dataset.til;
  const plain = form.elements[name];
  const label = form.querySelector(`label[for="${plain.id}"]`);
  label.id = `ledetekst-${name}`;
  const target = {};
  const tools = makeTools(label.firstChild.textContent.trim(), target, { pictures: name !== "innstilling" });
  const place = document.createElement("div");
  place.id = `${plain.id}-redigering`;
  place.className = `redigering${name === "innstilling" ? " redigering--nummerert" : ""}`;
  const frame = document.createElement("div");
  frame.append(tools.bar, place);
  plain.before(frame);
  target.view = makeField({
    place, template, label: label.id, help: plain.getAttribute("aria-describedby"), numbered: name === "innstilling",
    changed(view, text) {
      tools.update(view.state);
      if (text) draft.touch();
    },
  });
  plain.hidden = true;
  plain.required = false;
  tools.update(target.view.state);
  // A press on the label, and on the reason why something was refused, goes to the text.
  label.addEventListener("click", () => target.view.focus());
  for (const link of document.querySelectorAll(`a[href="#${plain.id}"]`)) link.addEventListener("click", () => target.view.focus());
  fields[name] = target.view;
}

const read = () => ({ tittel: title.value, ...Object.fromEntries(Object.entries(fields).map(([name, view]) => [name, htmlOf(view)])) });
const draft = new Draft(form, receipt, read);
title.addEventListener("input", () => draft.touch());
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of Object.entries(read())) formData.set(name, value);
  formData.set("format", "html");
});
for (const only of document.querySelectorAll("[data-uten-skript]")) only.hidden = true;
for (const only of document.querySelectorAll("[data-med-skript]")) only.hidden = false;
offerFound();

function offerFound() {
  const found = draft.found();
  const offer = document.querySelector("[data-funnet]");
  if (!found) return;
  offer.hidden = false;
  offer.querySelector("[data-tid]").textContent = found.tid;
  offer.addEventListener("click", ({ target }) => {
    if (target.dataset.verdi === "hent") {
      title.value = found.tittel;
      for (const [name, view] of Object.entries(fields)) replaceAll(view, found[name] ?? "");
    }
    if (target.dataset.verdi === "slett") draft.forget();
    if (target.dataset.verdi) offer.hidden = true;
  });
}
