// One text field as an editor: a view on the document, with keys, and numbers beside what will be voted on.
import {
  baseKeymap, chainCommands, Decoration, DecorationSet, DOMParser, DOMSerializer, EditorState, EditorView, goToNextCell,
  history, inputRules, keymap, liftListItem, Plugin, redo, setBlockType, sinkListItem, splitListItem, tableEditing,
  textblockTypeInputRule, toggleMark, undo, wrappingInputRule,
} from "../vendor/prosemirror/prosemirror.js";
import { pastedPicture } from "./bilde.js";
import { cleaned } from "./lim.js";
import { schema } from "./skjema.js";

const { nodes, marks } = schema;

export function makeField({ place, template, label, help, numbered, changed }) {
  const view = new EditorView(place, {
    state: EditorState.create({ doc: parsed(template.innerHTML), plugins: plugins(numbered) }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": label, ...(help && { "aria-describedby": help }) },
    transformPastedHTML: cleaned,
    transformPasted: belowWhatStands,
    handlePaste: (view, event) => !numbered && pastedPicture(view, event.clipboardData),
    handleDrop: (view, event) => !numbered && pastedPicture(view, event.dataTransfer),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      changed(view, transaction.docChanged);
    },
  });
  return view;
}

// A pasted heading with text under it stays a heading where it is pasted behind other words.
function belowWhatStands(slice, view) {
  const headed = slice.content.childCount > 1 && slice.content.firstChild.type === nodes.heading;
  return headed && view.state.selection.$from.parent.content.size
    ? new slice.constructor(slice.content, 0, slice.openEnd)
    : slice;
}

export function htmlOf(view) {
  const box = document.createElement("div");
  box.append(DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content));
  return box.innerHTML;
}

export function replaceAll(view, html) {
  const { state } = view;
  view.dispatch(state.tr.replaceWith(0, state.doc.content.size, parsed(html).content));
}

function parsed(html) {
  const box = document.implementation.createHTMLDocument("").body;
  box.innerHTML = html;
  return DOMParser.fromSchema(schema).parse(box, { preserveWhitespace: "full" });
}

function plugins(numbered) {
  const rules = [
    wrappingInputRule(/^\s*[-•*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,4})[.)]\s$/, nodes.ordered_list, (found) => ({ order: +found[1] }),
      (found, node) => node.childCount + node.attrs.order === +found[1]),
    textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading, (found) => ({ level: found[1].length })),
  ];
  return [inputRules({ rules }), ...keys(), tableEditing(), history(), ...(numbered ? [numbers()] : [])];
}

function keys() {
  let leave = false; // after Escape, the next Tab leaves the text as it would any other field
  const tab = (command) => (...all) => (leave ? false : command(...all));
  const item = nodes.list_item;
  return [
    keymap({
      Escape: () => ((leave = true), false),
      Tab: tab(chainCommands(goToNextCell(1), sinkListItem(item))),
      "Shift-Tab": tab(chainCommands(goToNextCell(-1), liftListItem(item))),
      Enter: splitListItem(item),
      "Mod-b": toggleMark(marks.strong),
      "Mod-i": toggleMark(marks.em),
      "Mod-z": undo,
      "Mod-y": redo,
      "Shift-Mod-z": redo,
      "Mod-Alt-0": setBlockType(nodes.paragraph),
      "Mod-Alt-1": setBlockType(nodes.heading, { level: 1 }),
      "Mod-Alt-2": setBlockType(nodes.heading, { level: 2 }),
      "Mod-Alt-3": setBlockType(nodes.heading, { level: 3 }),
    }),
    keymap(baseKeymap),
    new Plugin({ props: { handleDOMEvents: { blur: () => ((leave = false), false) }, handleTextInput: () => ((leave = false), false) } }),
  ];
}

// The paragraphs that will be voted on, found as the server finds them (richtext.segments).
function numbers() {
  return new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, numbering(doc)) } });
}

function numbering(doc) {
  const found = [];
  let segment = null; // its first block, and the last
  const mark = (from, node) => found.push(Decoration.node(from, from + node.nodeSize, { class: "segmentstart", "data-nr": `${found.length + 1}` }));
  doc.forEach((node, at) => {
    if (!node.textContent.trim()) return;
    if (node.type === nodes.ordered_list && !introduced(node, segment)) {
      node.forEach((item, inside) => mark(at + 1 + inside, item));
      segment = { first: node, last: node };
    } else if ([nodes.bullet_list, nodes.ordered_list, nodes.table].includes(node.type) && segment) {
      segment.last = node;
    } else {
      mark(at, node);
      segment = { first: node, last: node };
    }
  });
  return found;
}

function introduced(list, segment) {
  if (segment?.first.type !== nodes.paragraph) return false;
  const { last } = segment;
  const goesOn = last.type === nodes.ordered_list && last.attrs.order + last.childCount === list.attrs.order;
  return list.attrs.order === 1 || goesOn;
}
