// The row of tools above a text: buttons with words for screen readers, reached by Tab once and by the arrow keys within.
import {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, liftListItem, redo, setBlockType,
  sinkListItem, toggleHeaderRow, toggleMark, undo, wrapInList,
} from "../vendor/prosemirror/prosemirror.js";
import { askForPicture, isPicture } from "./bilde.js";
import { askForAddress } from "./lenke.js";
import { schema } from "./skjema.js";

const { nodes, marks } = schema;
const STYLES = [["Avsnitt", 0], ["Overskrift 1", 1], ["Overskrift 2", 2], ["Overskrift 3", 3]];

// Sign, what it is called, its keys, what it does; `on`: whether it is in force at the cursor.
const TOOLS = [
  { sign: "F", name: "Halvfet", keys: "Ctrl+B", look: "fet", run: toggleMark(marks.strong), on: (state) => hasMark(state, marks.strong) },
  { sign: "K", name: "Kursiv", keys: "Ctrl+I", look: "kursiv", run: toggleMark(marks.em), on: (state) => hasMark(state, marks.em) },
  { sign: "Punktliste", name: "Punktliste", run: toggleList(nodes.bullet_list), on: (state) => inside(state, nodes.bullet_list) },
  { sign: "Nummerliste", name: "Nummerliste", run: toggleList(nodes.ordered_list), on: (state) => inside(state, nodes.ordered_list) },
  { sign: "→", name: "Flytt inn i listen", keys: "Tabulator", run: sinkListItem(nodes.list_item), when: inList },
  { sign: "←", name: "Flytt ut av listen", keys: "Skift+tabulator", run: liftListItem(nodes.list_item), when: inList },
  { sign: "Lenke", name: "Lenke", run: askForAddress, on: (state) => hasMark(state, marks.link) },
  { sign: "Bilde", name: "Bilde", picture: true, run: askForPicture, on: isPicture },
  { sign: "Tabell", name: "Tabell", run: insertTable, when: (state) => !isInTable(state) },
  { sign: "Ny rad", name: "Ny rad", run: addRowAfter, when: isInTable },
  { sign: "Ny kolonne", name: "Ny kolonne", run: addColumnAfter, when: isInTable },
  { sign: "Overskriftsrad", name: "Overskriftsrad", run: toggleHeaderRow, when: isInTable },
  { sign: "Slett rad", name: "Slett rad", run: deleteRow, when: isInTable },
  { sign: "Slett kolonne", name: "Slett kolonne", run: deleteColumn, when: isInTable },
  { sign: "Slett tabell", name: "Slett tabell", run: deleteTable, when: isInTable },
  { sign: "Angre", name: "Angre", keys: "Ctrl+Z", run: undo },
  { sign: "Gjør om", name: "Gjør om", keys: "Ctrl+Y", run: redo },
];

export function makeTools(label, target, { pictures }) {
  const bar = document.createElement("div");
  bar.className = "verktoey";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Verktøy for ${label.toLowerCase()}`);
  const style = stylePicker(target);
  const buttons = TOOLS.filter((tool) => pictures || !tool.picture).map((tool) => toolButton(tool, target));
  bar.append(style, ...buttons);
  bar.addEventListener("keydown", (event) => move(bar, event));
  bar.addEventListener("focusin", (event) => makeStop(bar, event.target));
  makeStop(bar, style);
  return { bar, update: (state) => update(state, style, buttons, bar) };
}

function stylePicker(target) {
  const picker = document.createElement("select");
  picker.className = "ds-input";
  picker.setAttribute("aria-label", "Stil på avsnittet");
  picker.append(...STYLES.map(([name, level]) => new Option(name, level)));
  picker.addEventListener("change", () => {
    const level = +picker.value;
    const { view } = target;
    (level ? setBlockType(nodes.heading, { level }) : setBlockType(nodes.paragraph))(view.state, view.dispatch);
    view.focus();
  });
  return picker;
}

function toolButton(tool, target) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `verktoey-knapp${tool.look ? ` verktoey-${tool.look}` : ""}`;
  button.textContent = tool.sign;
  button.title = tool.keys ? `${tool.name} (${tool.keys})` : tool.name;
  button.setAttribute("aria-label", tool.name);
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays in the text
  button.addEventListener("click", () => {
    const { view } = target;
    tool.run(view.state, view.dispatch, view);
    if (!document.querySelector("dialog[open]")) view.focus();
  });
  return Object.assign(button, { tool });
}

function update(state, style, buttons, bar) {
  const { parent } = state.selection.$from;
  style.value = parent.type === nodes.heading ? Math.min(parent.attrs.level, 3) : 0;
  for (const button of buttons) {
    const { when, on, run } = button.tool;
    button.hidden = Boolean(when) && !when(state);
    if (on) button.setAttribute("aria-pressed", String(on(state)));
    else if (run === undo || run === redo) button.setAttribute("aria-disabled", String(!run(state)));
  }
  if (stops(bar).every((one) => one.tabIndex !== 0)) makeStop(bar, style);
}

function stops(bar) {
  return [...bar.children].filter((one) => !one.hidden);
}

function makeStop(bar, chosen) {
  for (const one of bar.children) one.tabIndex = one === chosen ? 0 : -1;
}

function move(bar, event) {
  const all = stops(bar);
  const at = all.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length].focus();
}

function hasMark({ selection, storedMarks, doc }, type) {
  const { from, to, empty, $from } = selection;
  return empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type);
}

function innermost({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) return { node, at: $from.before(depth) };
  }
  return null;
}

function inside(state, type) {
  return innermost(state)?.node.type === type;
}

function inList(state) {
  return innermost(state) !== null;
}

// Pressed in a list of the same kind it lifts out of the list; in one of the other kind it changes the kind.
function toggleList(type) {
  return (state, dispatch) => {
    const list = innermost(state);
    if (list?.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (!list) return wrapInList(type)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(list.at, type));
    return true;
  };
}

function insertTable(state, dispatch) {
  const row = (cell) => nodes.table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()));
  const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  dispatch?.(state.tr.replaceSelectionWith(table).scrollIntoView());
  return true;
}
