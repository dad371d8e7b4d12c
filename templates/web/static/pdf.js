// Waits for the PDF that this page is about, fetches it when it is there, and says so. Without it the link does.
const side = document.querySelector("[data-pdf-venter]");
const stand = document.querySelector("[data-pdf-stand]");

async function se() {
  try {
    const svar = await fetch(side.dataset.pdfVenter, { method: "HEAD" });
    if (svar.status === 200) {
      document.querySelector("h1").textContent = "PDF-en er ferdig";
      stand.textContent = "Nedlastingen begynner av seg selv.";
      location.assign(side.dataset.pdfVenter);
      return;
    }
    if (svar.status !== 202) {
      location.reload();
      return;
    }
  } catch {
    // The network is gone; it is tried again.
  }
  setTimeout(se, 2000);
}

setTimeout(se, 1000);
