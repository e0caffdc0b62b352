// Words with their marks → Markdown, in one of several ways: from "escape nothing" to "escape every sign".
// Whoever asks tries them in turn and takes the first that reads back as what was meant (see write.js).
import { address } from "./read.js";

const ORDERS = [
  ["link", "em", "strong", "strike"],
  ["em", "strong", "strike", "link"],
  ["strong", "em", "strike", "link"],
];
export const WAYS = [
  ...[0, 1, 2].flatMap((escape) => ORDERS.map((order) => ({ escape, order, bare: false }))),
  { escape: 1, order: ORDERS[0], bare: true },
  { escape: 2, order: ORDERS[0], bare: true },
];

export function writeWords(node, way, isOneLine = false) {
  const children = [];
  node.forEach((child) => children.push(child));
  while (children.length && isBreakOrSpace(children.at(-1))) children.pop(); // a break at the end would be a word
  const text = runs(children, [], { ...way, isOneLine });
  if (isOneLine) return text.replace(/\s*\n/g, " ");
  return way.escape ? text.split("\n").map(lineStart).join("\n") : text;
}

function isBreakOrSpace(node) {
  return node.type.name === "hard_break" || (node.isText && !node.text.trim() && !node.marks.some((mark) => mark.type.name === "code"));
}

function runs(children, open, way) {
  let text = "";
  for (let index = 0; index < children.length; ) {
    const own = way.bare ? [] : children[index].marks.filter((mark) => isPair(mark) && !mark.isInSet(open));
    const [mark, end] = longest(own, children, index, way.order);
    const run = children.slice(index, end);
    text += mark ? wrapped(mark, runs(run, [...open, mark], way), run) : leaf(children[index], way);
    index = end;
  }
  return text;
}

function isPair(mark) {
  return mark.type.name !== "code" && mark.type.name !== "soft";
}

function longest(own, children, index, order) {
  let found = [null, index + 1];
  let reach = 0;
  for (const mark of [...own].sort((a, b) => order.indexOf(a.type.name) - order.indexOf(b.type.name))) {
    let end = index;
    while (end < children.length && mark.isInSet(children[end].marks)) end += 1;
    if (end > reach) [found, reach] = [[mark, end], end];
  }
  return found;
}

// Spaces at the rim stand outside the signs, or the signs would be words.
function wrapped(mark, inner, run) {
  const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(inner);
  if (!words) return inner;
  return before + (mark.type.name === "link" ? link(mark, words, run) : mark.attrs.sign + words + mark.attrs.sign) + after;
}

function link({ attrs }, words, run) {
  if (attrs.sign === "<" && run.length === 1) return `<${run[0].text}>`;
  const title = attrs.title ? ` "${attrs.title.replace(/"/g, '\\"')}"` : "";
  return `[${words}](${address(attrs.href)}${title})`;
}

function leaf(node, { escape, isOneLine }) {
  switch (node.type.name) {
    case "page_link":
      return `[[${node.attrs.inner}]]`;
    case "as_written":
      return node.attrs.source;
    case "hard_break":
      return isOneLine ? " " : `${node.attrs.sign}\n`;
    default:
      return textOf(node, escape);
  }
}

function textOf(node, escape) {
  const has = (name) => node.marks.some((mark) => mark.type.name === name);
  if (has("code")) return codeSpan(node.text);
  if (has("soft") && node.text === " ") return "\n";
  return [node.text, node.text.replace(NEEDED, "\\$&"), node.text.replace(EVERY, "\\$&")][escape];
}

function codeSpan(text) {
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const rim = /^`|`$|^ .*[^ ].* $/.test(text) ? " " : "";
  return fence + rim + text + rim + fence;
}

const EVERY = /[\\`*_[\]<>&~^{}|#+\-.!():=]/g;
const NEEDED = new RegExp(
  [
    /\\(?=[!-/:-@[-`{-~]|$)/,
    /`/,
    /(?<=\S)\*|\*(?=\S)/,
    /(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/,
    /~(?=~)|(?<=~)~/,
    /\[(?=\[|\^|[ xX]\] |[^\]]*\](?:\(|\[|:|$))/,
    /\^(?=\[)/,
    /<(?=[a-zA-Z/!?])/,
    /&(?=#?\w+;)/,
    /\{(?=%)/,
  ]
    .map((each) => each.source)
    .join("|"),
  "gu",
);

// Signs that begin a block where they begin a line.
function lineStart(line) {
  return line
    .replace(/^(\s*)(?=[-+*>=|:~](?:\s|$)|#{1,6}(?:\s|$)|>|-{2,}\s*$|=+\s*$|~{3}|\||- ?-)/, "$1\\")
    .replace(/^(\s*\d{1,9})(?=[.)](?:\s|$))/, "$1\\");
}
