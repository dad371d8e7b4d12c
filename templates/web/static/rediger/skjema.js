// What a text may hold: the same blocks as on the server, so that nothing can be written that would not be kept.
import { Schema, tableNodes } from "../vendor/prosemirror/prosemirror.js";

const levels = [1, 2, 3, 4, 5, 6];

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "text*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "text*", group: "block", defining: true, attrs: { level: { default: 1 } },
      parseDOM: levels.map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: {
      content: "list_item+", group: "block", attrs: { order: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: dom.hasAttribute("start") ? +dom.getAttribute("start") : 1 }) }],
      toDOM: (node) => (node.attrs.order === 1 ? ["ol", 0] : ["ol", { start: node.attrs.order }, 0]),
    },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    ...tableNodes({ tableGroup: "block", cellContent: "paragraph", cellAttributes: {} }),
    picture: {
      group: "block", attrs: { sha: {}, alt: { default: "" }, width: {}, height: {} },
      parseDOM: [{
        tag: "img[data-bilde]",
        getAttrs: (dom) => ({ sha: dom.dataset.bilde, alt: dom.getAttribute("alt") ?? "", width: dom.getAttribute("width"), height: dom.getAttribute("height") }),
      }],
      toDOM: ({ attrs: { sha, alt, width, height } }) => ["img", { src: `/bilder/${sha}`, "data-bilde": sha, alt, width, height }],
    },
    text: {},
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => (isAddress(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  },
});

// Documents hold whole addresses only; the server leaves out all others.
export function isAddress(text) {
  return /^(?:https?:\/\/|mailto:)\S+$/i.test(text);
}
