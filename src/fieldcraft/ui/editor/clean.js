// HTML of others → the few elements that the editor knows, without attributes: used for what is pasted (Word, Google
// Docs) and for showing islands. The HTML is parsed apart from the page and copied, so nothing in it ever runs.
import { make } from "./dom.js";

const KEPT = new Set("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em s a table tr th td hr br dl dt dd".split(" "));
const RENAMED = { b: "strong", i: "em", del: "s", strike: "s", div: "p" };
const DROPPED = new Set("script style head meta link title template noscript iframe object svg math xml o:p".split(" "));
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, div";
const ADDRESS = /^(?:https?:|mailto:|tel:)/i;

export function shownSafely(html) {
  return fragmentOf(parsed(html), { isPasted: false });
}

// inPlace: the words that stand where a picture was, since pictures do not come along. → { html, pictures: how many }
export function cleanPaste(html, inPlace) {
  const body = parsed(html);
  listsOfWord(body);
  const holder = make("div");
  const how = { isPasted: true, inPlace, pictures: 0 };
  holder.append(fragmentOf(body, how));
  holder.querySelectorAll("table").forEach(tidyTable);
  return { html: holder.innerHTML, pictures: how.pictures };
}

// Words and, at every odd place, what stands in `[[…]]`.
export function cutAtLinks(text) {
  return text.split(/\[\[([^[\]\n]{1,590})\]\]/);
}

// The strict policy reaches into parsed HTML too: styles are looked at, never applied.
function parsed(html) {
  const unstyled = html
    .replace(/<(\/?)style\b/gi, "<$1template")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, " data-style="));
  return new DOMParser().parseFromString(unstyled, "text/html").body;
}

function fragmentOf(parent, how) {
  const fragment = document.createDocumentFragment();
  for (const child of parent.childNodes) fragment.append(copied(child, how));
  return fragment;
}

function copied(node, how) {
  if (node.nodeType === Node.TEXT_NODE) return how.isPasted ? pastedWords(node) : node.data;
  const name = node.nodeType === Node.ELEMENT_NODE ? node.localName : "";
  if (!name || DROPPED.has(name)) return "";
  if (name === "img") return how.isPasted ? placeOf(node, how) : node.getAttribute("alt") ?? "";
  const inside = marked(node, fragmentOf(node, how), how);
  const tag = RENAMED[name] ?? name;
  if (!KEPT.has(tag) || isOnlyAWrapper(node, tag)) return inside;
  return tag === "a" ? link(node, inside) : made(tag, inside);
}

function pastedWords(node) {
  if (node.parentElement?.closest("pre")) return node.data;
  const words = node.data.replace(/[ \t\r\n]+/g, " ");
  if (node.parentElement?.closest("code")) return words;
  const fragment = document.createDocumentFragment();
  fragment.append(...cutAtLinks(words).map((part, index) => (index % 2 ? make("span", { "data-page": part }) : part)));
  return fragment;
}

// A sign such as 🙂 comes as a picture whose name is the sign; what is a dot in size is there for the layout, or to count readers.
function placeOf(image, how) {
  const name = image.getAttribute("alt") ?? "";
  if (/^\p{Extended_Pictographic}/u.test(name)) return name;
  if (["width", "height"].some((side) => image.hasAttribute(side) && parseInt(image.getAttribute(side), 10) <= 2)) return "";
  how.pictures += 1;
  return how.inPlace;
}

function made(tag, inside) {
  const found = make(tag);
  found.append(inside);
  return found;
}

// A <div> or a bold <b style="font-weight:normal"> (Google) around blocks is no paragraph and not bold.
function isOnlyAWrapper(node, tag) {
  if (tag === "strong" || tag === "em") return Boolean(node.querySelector(BLOCKS)) || /font-(?:weight|style):\s*(?:normal|400)/.test(styleOf(node));
  return (tag === "p" && node.localName === "div" && Boolean(node.querySelector(BLOCKS))) || (tag === "p" && Boolean(node.closest("li, td, th")));
}

function styleOf(node) {
  return node.dataset.style ?? "";
}

// Google writes bold and italics as styles of spans.
function marked(node, inside, { isPasted }) {
  if (!isPasted || node.localName !== "span" || !node.textContent.trim()) return inside;
  const style = styleOf(node);
  let found = inside;
  if (/font-weight:\s*(?:bold|[6-9]00)/.test(style) && !node.closest("h1, h2, h3, h4, h5, h6")) found = made("strong", found);
  if (/font-style:\s*italic/.test(style)) found = made("em", found);
  return found;
}

function link(node, inside) {
  const href = node.getAttribute("href") ?? "";
  if (!ADDRESS.test(href)) return inside;
  const found = made("a", inside);
  found.setAttribute("href", href);
  found.setAttribute("tabindex", "-1");
  return found;
}

// Word has no lists in its HTML, only paragraphs that name their list and their level in it.
function listsOfWord(body) {
  let open = []; // the lists that a next item may go on, the outermost first: { level, kind, list }
  for (const node of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, table, ul, ol, div")]) {
    const [, name, level] = /mso-list:\s*(l\d+)\s+level(\d+)/.exec(styleOf(node)) ?? [];
    if (!name) open = node.localName === "div" || node.closest("ul, ol") ? open : [];
    else open = itemOfWord(node, { name, level: Number(level) }, open);
  }
}

// Another list, or signs of another kind, on the same level are a list of their own.
function itemOfWord(node, { name, level }, before) {
  const signs = [...node.querySelectorAll("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']")];
  const tag = /^\s*\(?(?:\d+|[a-z]{1,4})[.)]/i.test(signs[0]?.textContent ?? "") ? "ol" : "ul";
  signs.forEach((each) => each.remove());
  const kind = `${name} ${tag}`;
  const open = before.filter((each) => each.level < level || (each.level === level && each.kind === kind));
  if (open.at(-1)?.level !== level) open.push({ level, kind, list: newList(tag, open.at(-1)?.list, node) });
  const item = make("li");
  item.append(...node.childNodes);
  open.at(-1).list.append(item);
  node.remove();
  return open;
}

function newList(tag, outer, node) {
  const list = make(tag);
  if (outer) outer.lastElementChild.append(list);
  else node.before(list);
  return list;
}

// The first row heads the table; what is no real table (one column, cells that span) becomes paragraphs.
function tidyTable(table) {
  const rows = [...table.querySelectorAll("tr")];
  const widths = new Set(rows.map((row) => row.children.length));
  if (rows.length < 2 || widths.size !== 1 || widths.has(1) || table.querySelector("table, ul, ol")) return unwrapTable(table, rows);
  rows.forEach((row, index) => {
    for (const cell of [...row.children]) {
      const inside = cell.localName === (index ? "td" : "th") ? cell : make(index ? "td" : "th");
      if (inside !== cell) {
        inside.append(...cell.childNodes);
        cell.replaceWith(inside);
      }
      inside.querySelectorAll("br").forEach((each) => each.replaceWith(" "));
      if (!index) inside.querySelectorAll("strong").forEach((each) => each.replaceWith(...each.childNodes));
    }
  });
  table.replaceChildren(...rows);
}

function unwrapTable(table, rows) {
  const paragraphs = rows.flatMap((row) => [...row.children]).map((cell) => {
    const found = make(cell.querySelector("ul, ol, table") ? "div" : "p");
    found.append(...cell.childNodes);
    return found;
  });
  table.replaceWith(...paragraphs);
}
