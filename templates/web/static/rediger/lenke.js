// Asks for the address of a link, in a dialog: for the words that are selected, or the link that the cursor stands in.
import { isAddress, schema } from "./skjema.js";

const { link } = schema.marks;

export function askForAddress(state, _dispatch, view) {
  const range = linked(state) ?? (state.selection.empty ? null : state.selection);
  const dialog = document.querySelector("[data-lenke]").content.firstElementChild.cloneNode(true);
  const field = dialog.querySelector("input");
  const reason = dialog.querySelector("[data-feil]");
  field.value = range?.href ?? "";
  dialog.querySelector("[data-verdi=fjern]").hidden = !range?.href;
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  dialog.addEventListener("click", (event) => {
    const { verdi } = event.target.dataset;
    if (verdi === "fjern") view.dispatch(state.tr.removeMark(range.from, range.to, link));
    if (verdi) dialog.close();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const href = whole(field.value.trim());
    reason.hidden = isAddress(href);
    field.setAttribute("aria-invalid", String(!isAddress(href)));
    if (!isAddress(href)) return field.focus();
    view.dispatch(range ? marked(state, range, href) : state.tr.replaceSelectionWith(schema.text(href, [link.create({ href })]), false));
    dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return true;
}

function marked(state, { from, to }, href) {
  return state.tr.removeMark(from, to, link).addMark(from, to, link.create({ href }));
}

// People write addresses without what stands before them.
function whole(typed) {
  if (/^[^\s@/]+@[^\s@/]+$/.test(typed)) return `mailto:${typed}`;
  return /^[\w-]+(\.[\w-]+)+(?:[/?#]|$)/.test(typed) ? `https://${typed}` : typed;
}

// The stretch of the link that the cursor stands in.
function linked({ selection: { $from } }) {
  let found = null;
  const start = $from.start();
  $from.parent.forEach((node, at) => {
    const mark = link.isInSet(node.marks);
    const from = start + at;
    if (mark && from <= $from.pos && $from.pos <= from + node.nodeSize) found = { from, to: from + node.nodeSize, href: mark.attrs.href };
  });
  return found;
}
