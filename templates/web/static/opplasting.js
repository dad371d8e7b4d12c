// Tells how far a file has come, and lets one stop it. Without it the form is sent as any other.
"use strict";

const MB = (bytes) => `${(bytes / 1e6).toLocaleString("nb-NO", { maximumFractionDigits: 1 })} MB`;

function begin() {
  const form = document.querySelector("[data-opplasting]");
  const file = form.elements.fil;
  file.addEventListener("change", () => measure(file, Number(form.dataset.opplasting)));
  form.addEventListener("submit", (event) => {
    if (!file.files.length) return;
    event.preventDefault();
    send(form);
  });
}

function measure(file, largest) {
  const size = [...file.files].reduce((sum, one) => sum + one.size, 0);
  const tooLarge = `${file.files.length > 1 ? "Filene er til sammen for store" : "Filen er for stor"} (${MB(size)}; høyst ${MB(largest)}). Del den opp, eller gjør bildene i den mindre.`;
  file.setCustomValidity(size > largest ? tooLarge : "");
  file.reportValidity();
}

function send(form) {
  const fields = form.querySelector("[data-felt]");
  const stand = form.querySelector("[data-stand]");
  const [bar, words, stop] = ["progress", "[data-stand-ord]", "button"].map((part) => stand.querySelector(part));
  const request = new XMLHttpRequest();
  const stay = (event) => event.preventDefault();
  const underway = (yes) => {
    fields.inert = yes;
    bar.hidden = stop.hidden = !yes;
    if (yes) addEventListener("beforeunload", stay);
    else removeEventListener("beforeunload", stay);
  };
  const tell = (told) => {
    words.textContent = told;
  };
  const end = (told) => {
    underway(false);
    tell(told);
    form.elements.fil.focus();
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    tell(`${Math.floor((100 * loaded) / total)} % av ${MB(total)} er sendt.`);
  });
  request.upload.addEventListener("load", () => {
    stop.hidden = true; // The server has it all, and what it does cannot be stopped from here.
    tell(`${form.elements.fil.files.length > 1 ? "Filene" : "Filen"} er sendt, og blir gransket.`);
    words.focus();
  });
  request.addEventListener("error", () => end("Forbindelsen ble brutt. Ingenting er lagt i saken. Prøv igjen."));
  request.addEventListener("abort", () => end("Opplastingen er avbrutt. Ingenting er lagt i saken."));
  request.addEventListener("load", () => {
    underway(false);
    if (request.status === 201) location.assign(request.getResponseHeader("Location"));
    else if (request.getResponseHeader("Content-Type")?.startsWith("text/html")) show(request.responseText);
    else end("Filen ble ikke tatt imot. Prøv igjen, eller velg en mindre fil.");
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
  stop.onclick = () => request.abort();
  bar.value = 0;
  stand.hidden = false;
  underway(true);
  tell("Sender filen …");
  stop.focus();
}

function show(page) {
  const read = new DOMParser().parseFromString(page, "text/html");
  document.title = read.title;
  document.querySelector("main").replaceWith(read.querySelector("main"));
  document.querySelector(".feilsammendrag")?.focus();
  if (document.querySelector("[data-opplasting]")) begin();
}

begin();
