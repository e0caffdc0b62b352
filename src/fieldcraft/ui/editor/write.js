// Nodes → Markdown. A node is written, read again and compared; the calmest way that comes back the same is taken.
import { cut, linesOf } from "./blocks.js";
import { grammar, surroundings } from "./grammar.js";
import { WAYS, writeWords } from "./inline.js";
import { readBlock } from "./read.js";

const HABITS = new Set(["at", "sign", "gap", "same", "indent", "tight"]);

// `before`: how the block was opened, if it was; its untouched items and rows keep their lines.
export function write(node, env, before) {
  if (node.type.name === "island") return node.attrs.source;
  const ways = WAYS.map((way) => () => block(node, way));
  const written = (before ? [() => inPart(node, before, before.lines, env), ...ways] : ways).map(memo);
  return (
    found(written, (text) => meaning(readAgain(text, env)) === meaning(node)) ??
    found(written, (text) => isSameWords(readAgain(text, env), node, text, env)) ??
    block(node, WAYS.at(-1))
  );
}

// With every sign escaped: for a block whose first words would otherwise belong to the one before.
export function writeCarefully(node) {
  return block(node, WAYS.find((way) => way.escape === 2));
}

// Of all ways the one that gives the very same HTML as the source; undefined when none does.
export function rewritten(node, html, env) {
  return found(
    WAYS.map((way) => () => block(node, way)),
    (text) => htmlOf(text, env) === html,
  );
}

export function htmlOf(text, env) {
  return grammar.render(text, surroundings(env));
}

function memo(make) {
  let text;
  return () => (text ??= make());
}

function found(attempts, isRight) {
  for (const attempt of attempts) {
    const text = attempt();
    if (isRight(text)) return text;
  }
  return undefined;
}

function readAgain(text, env) {
  const pieces = cut(text, grammar.parse(text, surroundings(env)));
  if (pieces.length !== 1) return null;
  try {
    return readBlock(pieces[0].tokens, linesOf(text));
  } catch {
    return null;
  }
}

function meaning(node) {
  return JSON.stringify(node, (key, value) => (HABITS.has(key) ? undefined : value));
}

function words(node) {
  return JSON.stringify(node?.toJSON(), (key, value) => (key === "marks" || HABITS.has(key) ? undefined : value))
    ?.replace(/"\},\{"type":"text","text":"/g, "");
}

// Marks that Markdown cannot set there are given up; the words are not, and the block can still be edited.
function isSameWords(again, node, text, env) {
  return words(again) === words(node) && rewritten(again, htmlOf(text, env), env) !== undefined;
}

function block(node, way) {
  return WRITERS[node.type.name](node, way);
}

const WRITERS = {
  paragraph: (node, way) => writeWords(node, way).replace(/^\s+/, "").trimEnd(),
  heading,
  blockquote: (node, way) => {
    const text = inside(node, way);
    return text.trim() && prefixed(text, "> ", "> ");
  },
  bullet_list: list,
  ordered_list: list,
  code_block: code,
  rule: () => "---",
  table: (node, way) => {
    const rows = rowsOf(node, way);
    return [rows[0], dashes(node.firstChild), ...rows.slice(1)].join("\n");
  },
  island: (node) => node.attrs.source,
};

function heading(node, way) {
  const { level, sign } = node.attrs;
  const isUnderlined = sign !== "#" && level < 3;
  const text = writeWords(node, way, !isUnderlined).trim();
  if (!isUnderlined || !text) return `${"#".repeat(level)} ${text}`.trim();
  return `${text}\n${sign.repeat(Math.max(3, text.split("\n").at(-1).length))}`;
}

function code({ textContent, attrs }) {
  if (!attrs.sign) return textContent.replace(/^(?=.)/gm, "    ");
  const sign = attrs.sign[0];
  const inner = Math.max(2, ...(textContent.match(sign === "~" ? /^ *~+/gm : /^ *`+/gm) ?? []).map((run) => run.trim().length));
  const fence = sign.repeat(Math.max(attrs.sign.length, inner + 1));
  return `${fence}${attrs.words}\n${textContent}${textContent ? "\n" : ""}${fence}`;
}

// Empty paragraphs have no signs of their own.
function inside(node, way, isTight = false) {
  let text = "";
  node.forEach((child) => {
    const own = block(child, way);
    if (own) text += (text && (isTight && mayFollow(child) ? "\n" : "\n\n")) + own;
  });
  return text;
}

// Whether a block begins at once below a line of words, with no empty line between.
function mayFollow({ type, attrs, firstChild }) {
  if (type.name === "bullet_list") return firstChild.firstChild.content.size > 0;
  if (type.name === "ordered_list") return attrs.start === 1 && firstChild.firstChild.content.size > 0;
  return type.name === "blockquote" || (type.name === "heading" && attrs.sign === "#") || (type.name === "code_block" && attrs.sign !== "");
}

function list(node, way) {
  const texts = [];
  node.forEach((item, _offset, index) => texts.push(itemOf(node, item, index, way)));
  return texts.join(between(node));
}

function between(list) {
  return isTight(list) ? "\n" : "\n\n";
}

// Where one item needs an empty line within itself, the list is a loose one.
function isTight(list) {
  let isSo = list.attrs.tight;
  list.forEach((item) => item.forEach((child, _offset, index) => (isSo &&= !index || !item.firstChild.content.size || mayFollow(child))));
  return isSo;
}

function itemOf(list, item, index, way) {
  const { gap, indent, start, same } = list.attrs;
  const sign = signOf(list);
  const number = same ? start : start + index;
  const marker = (list.type.name === "ordered_list" ? `${number}${sign}` : sign) + " ".repeat(gap);
  const lead = " ".repeat(indent);
  return prefixed(inside(item, way, isTight(list)), lead + marker, lead + " ".repeat(marker.length));
}

// A lone "-" below a line of words would underline it as a heading.
function signOf({ attrs, firstChild }) {
  return attrs.sign === "-" && !firstChild.firstChild.content.size ? "*" : attrs.sign;
}

function prefixed(text, first, others) {
  return text
    .split("\n")
    .map((line, index) => (line || !index ? (index ? others : first) + line : others.trimEnd()).replace(/^(\s*\S+)\s+$/, "$1"))
    .map((line) => (line.trim() ? line : ""))
    .join("\n");
}

function rowsOf(table, way) {
  const rows = [];
  table.forEach((row) => rows.push(rowOf(row, way)));
  return rows;
}

function rowOf(row, way) {
  const cells = [];
  row.forEach((cell) => cells.push(writeWords(cell, way, true).replaceAll("|", "\\|").trim()));
  return `| ${cells.join(" | ")} |`;
}

function dashes(row) {
  const sides = [];
  row.forEach((cell) => sides.push({ left: ":---", right: "---:", center: ":---:" }[cell.attrs.side] ?? "---"));
  return `| ${sides.join(" | ")} |`;
}

// The block with the lines of every item or row that nobody touched. `was`: how it was opened, in `lines`.
function inPart(node, was, lines, env) {
  if (!was.parts || node.type !== was.node.type) return block(node, WAYS[0]);
  let text = "";
  let last = null;
  node.forEach((child, _offset, index) => {
    const { at } = child.attrs;
    const part = at === null ? null : was.parts[at];
    if (index) text += part && at === last + 1 ? lines.slice(was.parts[last].to, part.from).join("") : gap(node);
    text += part && was.node.child(at).eq(child) ? lines.slice(part.from, part.to).join("") : `${changed(node, index, was, lines, env)}\n`;
    last = part ? at : NaN;
  });
  return text.replace(/\r?\n$/, "");
}

function gap(node) {
  return node.type.name === "table" || isTight(node) ? "" : "\n";
}

function changed(node, index, was, lines, env) {
  const child = node.child(index);
  const part = was.parts[child.attrs.at];
  const isSameInside = part?.inner && part.inner.length === child.childCount && was.node.child(child.attrs.at).childCount === child.childCount;
  return isSameInside ? itemInPart(child, was.node.child(child.attrs.at), part, lines, env) : anew(node, child, index, env);
}

// An item of which one paragraph or inner list was changed: the rest of it keeps its lines as well.
function itemInPart(item, was, part, lines, env) {
  const lead = /^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]*/.exec(lines[part.from])?.[0] ?? "";
  const room = " ".repeat(lead.length);
  let text = "";
  item.forEach((child, _offset, index) => {
    const { from, to, parts } = part.inner[index];
    if (index) text += lines.slice(part.inner[index - 1].to, from).join("");
    if (child.eq(was.child(index))) text += lines.slice(from, to).join("");
    else if (parts && index) text += `${inPart(child, { node: was.child(index), parts }, lines, env)}\n`;
    else text += `${prefixed(calm(child, env), index ? room : lead, room)}\n`;
  });
  return text.replace(/\r?\n$/, "");
}

function calm(node, env) {
  return block(node, WAYS.find((way) => meaning(readAgain(block(node, way), env)) === meaning(node)) ?? WAYS[0]);
}

function anew(node, child, index, env) {
  const isTable = node.type.name === "table";
  const alone = node.type.create({ ...node.attrs, at: null }, isTable && index ? [node.firstChild, child] : [child]);
  const way = WAYS.find((each) => meaning(readAgain(block(alone, each), env)) === meaning(alone)) ?? WAYS[0];
  if (!isTable) return itemOf(node, child, index, way);
  return rowOf(child, way) + (index ? "" : `\n${dashes(child)}`);
}
