// What is pasted from Word, LibreOffice and web pages, made into plain HTML before the editor reads it.
// Word writes lists as paragraphs that say «mso-list:l0 level2 lfo1», with the number or bullet as text of its own.

const BOLD = /(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)/i;
const ITALIC = /(?<![\w-])font-style\s*:\s*italic/i;
const LEVEL = /mso-list\s*:[^;]*level(\d)/i;

export function cleaned(html) {
  // Styles become attributes of ours before anything is parsed: the content policy allows none in markup.
  const quiet = html
    .replace(/<!--\[if [^\]]*\]>[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<!\[(?:if|endif)[^\]]*\]>/gi, "")
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<\/?(?:o|w|m|v|st1):[^>]*>/gi, "")
    .replace(/\sstyle\s*=/gi, " data-stil=");
  const body = new DOMParser().parseFromString(quiet, "text/html").body;
  for (const one of body.querySelectorAll("script, meta, link, title, img:not([data-bilde]), [data-stil*='display:none']")) one.remove();
  headings(body);
  lists(body);
  looks(body);
  for (const cell of body.querySelectorAll("td, th")) oneParagraph(cell);
  breaks(body);
  for (const paragraph of body.querySelectorAll("p")) if (!paragraph.textContent.replaceAll("\u00a0", " ").trim() && !paragraph.querySelector("img")) paragraph.remove();
  return body.innerHTML;
}

// Word's own title style is no heading in its HTML.
function headings(body) {
  for (const one of body.querySelectorAll("p.MsoTitle")) rename(one, "h1");
}

function rename(element, tag) {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function lists(body) {
  let open = []; // a list for each level that is open
  for (const one of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = +(LEVEL.exec(one.dataset.stil ?? "")?.[1] ?? 0);
    if (!level) continue;
    if (previous(one) !== open[0]) open = [];
    const { ordered, start } = mark(one);
    open.length = Math.min(open.length, level);
    if (open[level - 1] && (open[level - 1].tagName === "OL") !== ordered) open.length = level - 1;
    while (open.length < level) {
      const list = body.ownerDocument.createElement(ordered ? "ol" : "ul");
      if (ordered && start > 1 && open.length === level - 1) list.setAttribute("start", start);
      if (!open.length) one.before(list);
      else (open.at(-1).lastElementChild ?? emptyItem(open.at(-1))).append(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    open.at(-1).append(item);
    item.append(rename(one, "p"));
  }
}

function previous(element) {
  let before = element.previousSibling;
  while (before && before.nodeType === Node.TEXT_NODE && !before.data.trim()) before = before.previousSibling;
  return before;
}

function emptyItem(list) {
  const item = list.ownerDocument.createElement("li");
  list.append(item);
  return item;
}

// Takes the written number or bullet out of the paragraph, and says what it was.
function mark(paragraph) {
  const written = paragraph.querySelector("[data-stil*='mso-list:Ignore'], [data-stil*='mso-list: Ignore']");
  const text = (written?.textContent ?? "").replaceAll("\u00a0", " ").trim();
  (written?.closest("p > span") ?? written)?.remove();
  return { ordered: /^\(?(?:\d+|[a-zæøå]{1,4})[.)]/i.test(text) && text !== "o", start: parseInt(text, 10) || 1 };
}

function looks(body) {
  for (const span of [...body.querySelectorAll("span[data-stil], b[data-stil], font[data-stil]")]) {
    const { stil } = span.dataset;
    if (span.tagName === "B" && /(?<![\w-])font-weight\s*:\s*normal/i.test(stil)) span.replaceWith(...span.childNodes);
    else {
      if (BOLD.test(stil)) wrap(span, "strong");
      if (ITALIC.test(stil)) wrap(span, "em");
    }
  }
}

function wrap(element, tag) {
  const inner = element.ownerDocument.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

// A cell holds one line: its paragraphs stand after each other.
function oneParagraph(cell) {
  for (const paragraph of [...cell.querySelectorAll("p, div, li")]) paragraph.replaceWith(...paragraph.childNodes, " ");
}

function breaks(body) {
  for (const one of [...body.querySelectorAll("br")]) {
    const paragraph = one.parentElement;
    if (paragraph.tagName !== "P") {
      one.replaceWith(" ");
      continue;
    }
    const rest = body.ownerDocument.createElement("p");
    while (one.nextSibling) rest.append(one.nextSibling);
    one.remove();
    paragraph.after(rest);
  }
}
