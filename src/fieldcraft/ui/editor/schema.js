// What a page is made of in the editor. `at` is the place of a block (or of a row, an item) in the text as it was
// opened; attributes such as `sign` and `gap` keep the writer's own habits (`*` or `-`) and mean nothing else.
import { Schema } from "prosemirror-model";

const SAFE = /^(?:https?:|mailto:|tel:|#|\/(?!\/)|[^:]*$)/i;
const at = { at: { default: null } };

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    content: "inline*",
    group: "block",
    attrs: at,
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { ...at, level: { default: 2 }, sign: { default: "#" } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(2, level) } })),
    toDOM: (node) => [`h${Math.max(2, node.attrs.level)}`, 0],
  },
  blockquote: {
    content: "block+",
    group: "block",
    defining: true,
    attrs: at,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  bullet_list: {
    content: "list_item+",
    group: "block",
    attrs: { ...at, sign: { default: "-" }, gap: { default: 1 }, indent: { default: 0 }, tight: { default: true } },
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    content: "list_item+",
    group: "block",
    attrs: {
      ...at,
      start: { default: 1 },
      same: { default: false },
      sign: { default: "." },
      gap: { default: 1 },
      indent: { default: 0 },
      tight: { default: true },
    },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number(dom.getAttribute("start") ?? 1) }) }],
    toDOM: (node) => ["ol", { start: node.attrs.start }, 0],
  },
  list_item: {
    content: "paragraph block*",
    defining: true,
    attrs: at,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  code_block: {
    content: "text*",
    group: "block",
    marks: "",
    code: true,
    defining: true,
    attrs: { ...at, sign: { default: "```" }, words: { default: "" } },
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  rule: {
    group: "block",
    attrs: { ...at, sign: { default: "---" } },
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr"],
  },
  table: {
    content: "table_row+",
    group: "block",
    isolating: true,
    attrs: at,
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: {
    content: "(table_heading | table_cell)+",
    attrs: at,
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  table_heading: cell("th"),
  table_cell: cell("td"),
  island: {
    group: "block",
    atom: true,
    attrs: { ...at, source: { default: "" }, kind: { default: "other" } },
    parseDOM: [{ tag: "div[data-island]", getAttrs: (dom) => ({ source: dom.dataset.island }) }],
    toDOM: (node) => ["div", { "data-island": node.attrs.source }],
  },
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    attrs: { sign: { default: "\\" } },
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  page_link: {
    inline: true,
    group: "inline",
    atom: true,
    selectable: false, // a touch on it sets the caret beside it: who then types does not replace it
    attrs: { inner: {} },
    parseDOM: [{ tag: "span[data-page]", getAttrs: (dom) => ({ inner: dom.dataset.page }) }],
    toDOM: (node) => ["span", { class: "page-link", "data-page": node.attrs.inner }, shownWords(node.attrs.inner)],
  },
  as_written: {
    inline: true,
    group: "inline",
    atom: true,
    selectable: false,
    attrs: { source: {} },
    parseDOM: [{ tag: "span[data-source]", getAttrs: (dom) => ({ source: dom.dataset.source }) }],
    toDOM: (node) => ["span", { class: "as-written", "data-source": node.attrs.source }, node.attrs.source],
  },
};

const marks = {
  link: {
    attrs: { href: {}, title: { default: "" }, sign: { default: "" } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: addressOf }],
    toDOM: (mark) => ["a", { ...(SAFE.test(mark.attrs.href) ? { href: mark.attrs.href } : {}), tabindex: "-1" }, 0],
  },
  em: delimited("em", "*", ["em", "i"]),
  strong: delimited("strong", "**", ["strong", "b"]),
  strike: delimited("s", "~~", ["s", "del"]),
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  // A line break in the source that readers see as a space: it stays where it was.
  soft: { inclusive: false, parseDOM: [{ tag: "span.soft" }], toDOM: () => ["span", { class: "soft" }, 0] },
};

function cell(tag) {
  return {
    content: "inline*",
    isolating: true,
    attrs: { side: { default: "" } },
    parseDOM: [{ tag }],
    toDOM: () => [tag, 0],
  };
}

function delimited(tag, sign, tags) {
  return { attrs: { sign: { default: sign } }, parseDOM: tags.map((each) => ({ tag: each })), toDOM: () => [tag, 0] };
}

function addressOf(dom) {
  const href = dom.getAttribute("href");
  return SAFE.test(href) ? { href, title: dom.getAttribute("title") ?? "" } : false;
}

// As the server shows it: `[[shown|Title]]`.
export function shownWords(inner) {
  const bar = inner.lastIndexOf("|");
  return (bar > 0 ? inner.slice(0, bar) : inner.slice(bar + 1)).trim() || inner;
}

export const schema = new Schema({ nodes, marks });
