// Keeps what is typed: as a private draft on the server, and on the device as long as the server cannot be reached.
// Nothing is published by this; the buttons of the form save in the case.

const WAIT = 2000;

export class Draft {
  constructor(form, receipt, read) {
    Object.assign(this, { form, receipt, read, timer: 0, sending: false, changed: false, kept: false, stopped: false });
    this.key = `saksframlegg-${form.dataset.utkast}-${form.dataset.bruker}`;
    addEventListener("online", () => this.kept && this.send());
    addEventListener("beforeunload", (event) => (this.kept || this.stopped) && this.changed && event.preventDefault());
    form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  touch() {
    this.changed = true;
    if (this.stopped) return this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT);
  }

  async send() {
    if (this.sending || this.stopped) return;
    Object.assign(this, { sending: true, changed: false });
    this.receipt.textContent = "Lagrer utkastet …";
    try {
      this.answered(await fetch(this.form.dataset.utkast, { method: "POST", body: new FormData(this.form) }));
    } catch {
      this.keep();
      this.receipt.textContent = "Ikke lagret på nettet. Teksten ligger på denne maskinen og lagres når nettet er tilbake.";
      this.timer = setTimeout(() => this.send(), 5 * WAIT);
    }
    this.sending = false;
    if (this.changed && !this.kept) this.touch();
  }

  async answered(answer) {
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (!answer.ok || told.revisjon === undefined) return this.refused(answer.status, told.feil);
    this.form.elements.revisjon.value = told.revisjon;
    this.receipt.textContent = `Utkast lagret kl. ${clock()}`;
    this.forget();
  }

  // What will not go away by itself is told, and the text stays on the device.
  refused(status, reason) {
    this.stopped = status !== 400;
    this.changed = true;
    this.keep();
    this.receipt.textContent = `Utkastet er ikke lagret på nettet. ${reason ?? "Du er logget ut, eller kan ikke lenger endre saksframlegget."} Teksten ligger på denne maskinen.`;
  }

  keep() {
    this.kept = true;
    stored(() => localStorage.setItem(this.key, JSON.stringify({ tid: clock(), ...this.read() })));
  }

  forget() {
    this.kept = false;
    stored(() => localStorage.removeItem(this.key));
  }

  // What an earlier visit could not send.
  found() {
    return stored(() => JSON.parse(localStorage.getItem(this.key)));
  }
}

function clock() {
  return new Date().toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
}

function stored(action) {
  try {
    return action();
  } catch {
    return null; // Without storage the words live as long as the page.
  }
}
