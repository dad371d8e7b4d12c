// A screen of a meeting that is held live: it asks what has changed, shows it, and sends forms without leaving the page.
// Every page also works without this, by being loaded again.
const PAUSE = 450;
const PAUSE_HIDDEN = 2000;
const PAUSE_LOST = 1000;
const region = () => document.getElementById("direkte");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// --- what has changed ------------------------------------------------------------------------------------------------

async function ask() {
  const now = region();
  const address = new URL(now.dataset.direkte, location);
  address.searchParams.set("etter", now.dataset.sekvens);
  const answer = await fetch(address, { cache: "no-store" });
  const changed = await answer.text();
  if (answer.ok && changed && now === region()) put(parsed(changed));
  return answer.ok;
}

async function follow() {
  for (;;) {
    await wait((document.hidden ? PAUSE_HIDDEN : PAUSE) + Math.random() * 100);
    try {
      if (!(await ask())) throw new Error("refused");
      connection(true);
    } catch {
      connection(false);
      await wait(PAUSE_LOST);
    }
  }
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

function put(shown) {
  const fresh = shown.getElementById("direkte");
  const old = region();
  if (!fresh || Number(fresh.dataset.sekvens) < Number(old.dataset.sekvens)) return;
  const kept = keep(old);
  old.replaceWith(document.adoptNode(fresh));
  restore(kept);
  started = performance.now();
  tick();
  document.dispatchEvent(new CustomEvent("direkte"));
}

// --- what a person is in the middle of stays as it was -------------------------------------------------------------------

function keep(old) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  return {
    focus: focused && (focused.id ? `#${CSS.escape(focused.id)}` : focused.dataset.tast && `[data-tast="${focused.dataset.tast}"]`),
    typed: [...old.querySelectorAll("input[id], select[id], textarea[id]")].filter(changed).map((one) => [one.id, one.value, one.checked]),
    open: [...old.querySelectorAll("details[id]")].map((one) => [one.id, one.open]),
  };
}

function changed(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function restore(kept) {
  for (const [id, value, checked] of kept.typed) {
    const field = document.getElementById(id);
    if (field && field.type === "checkbox") field.checked = checked;
    else if (field) field.value = value;
  }
  for (const [id, open] of kept.open) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  if (kept.focus) region().querySelector(kept.focus)?.focus({ preventScroll: true });
}

// --- forms: sent until they are answered; a vote carries its own id, so that it counts once however often it comes --------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("live" in form.dataset)) return;
  event.preventDefault();
  if (!form.hasAttribute("data-sender")) send(form, event.submitter);
});

async function send(form, submitter) {
  const body = new FormData(form, submitter);
  form.setAttribute("data-sender", "");
  submitter?.setAttribute("aria-busy", "true");
  const again = form.action.endsWith("/stem");
  do {
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (answer.status < 500) return answered(answer, form);
    } catch {
      // No answer: it may have come through or not.
    }
    connection(false, again ? "Stemmen sendes når forbindelsen er tilbake." : "Det ble ikke sendt. Prøv igjen.");
    if (again) await wait(PAUSE_LOST);
  } while (again);
  form.removeAttribute("data-sender");
  submitter?.removeAttribute("aria-busy");
}

async function answered(answer, form) {
  const shown = parsed(await answer.text());
  if (!shown.getElementById("direkte")) return location.assign(answer.redirected ? answer.url : location.href);
  connection(true);
  form.reset();
  const messages = shown.querySelector(".meldinger");
  const place = document.querySelector(".meldinger");
  if (messages && place) place.replaceChildren(...messages.childNodes);
  put(shown);
  if (!answer.ok) region().querySelector("[data-fokus]")?.focus();
}

// --- the connection ---------------------------------------------------------------------------------------------------------

function connection(good, text = "Ingen forbindelse. Siden prøver igjen av seg selv.") {
  let notice = document.getElementById("nett");
  if (good) return notice?.remove();
  if (!notice) {
    notice = document.createElement("p");
    notice.id = "nett";
    notice.className = "nett";
    notice.setAttribute("role", "alert");
    document.body.append(notice);
  }
  if (!notice.dataset.vote) notice.textContent = text;
  if (text.startsWith("Stemmen")) notice.dataset.vote = "";
}

// --- speaking time ------------------------------------------------------------------------------------------------------------

let started = performance.now();

function tick() {
  for (const clock of document.querySelectorAll(".taleur")) {
    const used = Number(clock.dataset.gaatt) + (performance.now() - started) / 1000;
    const limit = Number(clock.dataset.taletid ?? 0);
    const over = limit > 0 && used > limit;
    const shown = Math.floor(limit ? Math.abs(limit - used) : used);
    clock.toggleAttribute("data-over", over);
    clock.querySelector(".taleur-tall").textContent = `${over ? "+" : ""}${Math.floor(shown / 60)}.${String(shown % 60).padStart(2, "0")}`;
    clock.querySelector(".taleur-ord").textContent = limit ? (over ? "over tiden" : "igjen") : "brukt";
  }
}

// --- start ----------------------------------------------------------------------------------------------------------------------

if (region()) {
  tick();
  setInterval(tick, 250);
  follow();
} else if (document.body.classList.contains("sal")) {
  // The hall waits for the meeting to begin.
  setInterval(() => location.reload(), 5000);
}
