// Puts a picture into the text: asks for the file and for what it shows, and has the server look it over and keep it.
import { schema } from "./skjema.js";

const { picture } = schema.nodes;

export function isPicture({ selection }) {
  return selection.node?.type === picture;
}

// With a picture selected it asks for what that one shows; else for a new one, which stands after the cursor's block.
export function askForPicture(state, _dispatch, view, file = null) {
  const chosen = isPicture(state) && !file ? state.selection.node : null;
  const dialog = document.querySelector("template[data-bilde]").content.firstElementChild.cloneNode(true);
  const form = dialog.querySelector("form");
  const [fileField, alt] = form.querySelectorAll("input");
  fileField.closest("[data-fil]").hidden = Boolean(chosen ?? file);
  fileField.required = !chosen && !file;
  alt.value = chosen?.attrs.alt ?? "";
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  dialog.addEventListener("click", ({ target }) => target.dataset.verdi && dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refused = await placed(view, { file: file ?? fileField.files[0], alt: alt.value.trim(), chosen });
    if (!refused) return dialog.close();
    const reason = dialog.querySelector("[data-feil]");
    reason.textContent = refused;
    reason.hidden = false;
  });
  document.body.append(dialog);
  dialog.showModal();
  alt.focus();
  if (fileField.required) fileField.focus();
  return true;
}

// A picture file that was pasted or dropped. Word puts one beside the text: there the text is meant.
export function pastedPicture(view, data) {
  const file = [...(data?.files ?? [])].find((one) => /^image\/(?:png|jpeg)$/.test(one.type));
  return Boolean(file) && !data.getData("text/html").includes("<p") && askForPicture(view.state, null, view, file);
}

// Answers with why it could not be done; nothing when it is done.
async function placed(view, { file, alt, chosen }) {
  if (!alt) return "Skriv hva bildet viser.";
  if (chosen) {
    const { from } = view.state.selection;
    view.dispatch(view.state.tr.setNodeMarkup(from, null, { ...chosen.attrs, alt }));
    return null;
  }
  const told = await sent(file);
  if (told.feil) return told.feil;
  const node = picture.create({ sha: told.sjekksum, alt, width: told.bredde, height: told.hoeyde });
  const { tr, selection } = view.state;
  // A new picture is selected when it is put in: the next one stands after it, and not in its place.
  view.dispatch((isPicture(view.state) ? tr.insert(selection.to, node) : tr.replaceSelectionWith(node)).scrollIntoView());
  return null;
}

async function sent(file) {
  const { dataset, elements } = document.querySelector("form[data-bilder]");
  const body = new FormData();
  body.set("csrf_token", elements.csrf_token.value);
  body.set("bilde", file, file.name || "bilde.png");
  try {
    const answer = await fetch(dataset.bilder, { method: "POST", body });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return told.sjekksum || told.feil ? told : { feil: "Du er logget ut, eller kan ikke lenger endre saksframlegget." };
  } catch {
    return { feil: "Bildet kom ikke fram. Prøv igjen når nettet er tilbake." };
  }
}
