// A page's text as the editor holds it: opened into nodes, and written so that only what changed is changed.
import { cut, isBlank, linesOf } from "./blocks.js";
import { grammar, surroundings } from "./grammar.js";
import { readBlock } from "./read.js";
import { schema } from "./schema.js";
import { rewritten, write, writeCarefully } from "./write.js";

const OTHER_SIGN = { "-": "*", "*": "-", "+": "-", ".": ")", ")": "." }; // of lists

// text → { doc, written }: `written(doc)` is the text of any later state of the document.
export function openPage(text) {
  const env = {};
  const lines = linesOf(text);
  const pieces = withDefinitions(cut(text, grammar.parse(text, env)), lines);
  const opened = pieces.map((piece, at) => openBlock(piece, at, lines, env));
  const doc = withRoom(opened.map((each) => each.node));
  const page = { text, lines, env, opened, doc, kept: new WeakMap() };
  return { doc, env, opened, written: (now) => writtenPage(page, now) };
}

// An empty paragraph at the end, where one can go on writing below a table or an island.
export function withRoom(blocks) {
  const last = blocks.at(-1);
  return schema.nodes.doc.create(null, last?.type.name === "paragraph" ? blocks : [...blocks, schema.nodes.paragraph.create()]);
}

// Link definitions are no blocks; here they are islands, so that none is lost with the block beside it.
function withDefinitions(blocks, lines) {
  const pieces = [];
  const ends = [...blocks, { first: lines.length }];
  let at = 0;
  for (const block of ends) {
    let [first, end] = [at, block.first];
    while (first < end && isBlank(lines[first])) first += 1;
    while (end > first && isBlank(lines[end - 1])) end -= 1;
    if (first < end) pieces.push({ kind: "definition", first, end, tokens: [] });
    if (block.tokens) pieces.push(block);
    at = block.end;
  }
  return pieces;
}

function openBlock(piece, at, lines, env) {
  const own = lines.slice(piece.first, piece.end);
  const source = own.join("");
  const node = editable(piece, lines, env) ?? island(piece, source);
  const parts = partsOf(node, piece.tokens, { first: piece.first, lines: own });
  const inPlace = withPlaces(node, parts);
  return { ...piece, source, parts, lines: own, node: inPlace.type.create({ ...inPlace.attrs, at }, inPlace.content) };
}

// A block may be edited when what the editor would write for it is read as the very same HTML.
function editable(piece, lines, env) {
  if (piece.kind === "html" || piece.kind === "definition") return null;
  try {
    const node = readBlock(piece.tokens, lines);
    const html = grammar.renderer.render(piece.tokens, grammar.options, surroundings(env));
    return rewritten(node, html, env) === undefined ? null : node;
  } catch {
    return null;
  }
}

function island(piece, source) {
  return schema.nodes.island.create({ source: source.replace(/\r?\n$/, ""), kind: piece.kind });
}

// Line ranges of a list's items or a table's rows, counted from the block's first line; of items, what is in them too.
function partsOf(node, tokens, own) {
  const { name } = node.type;
  if (name === "table") return rowsOf(tokens, own);
  if (name !== "bullet_list" && name !== "ordered_list") return null;
  return groups(tokens.slice(1, -1)).map((tokensOfItem, index) => {
    const item = node.child(index);
    const inner = groups(tokensOfItem.slice(1, -1));
    const isAligned = inner.length === item.childCount;
    const parts = (each, at) => ({ ...range(each, own), parts: partsOf(item.child(at), each, own) });
    return { ...range(tokensOfItem, own), inner: isAligned ? inner.map(parts) : [] };
  });
}

// The row of dashes belongs to the heading row.
function rowsOf(tokens, { first }) {
  const rows = tokens.filter((each) => each.type === "tr_open").map((each) => each.map[0] - first);
  return rows.map((from, index) => ({ from, to: from + (index ? 1 : 2) }));
}

function groups(tokens) {
  const found = [];
  for (const token of tokens) {
    if (token.nesting >= 0 && token.level === tokens[0].level) found.push([]);
    found.at(-1).push(token);
  }
  return found;
}

function range([token], { first, lines }) {
  const from = token.map[0] - first;
  let to = Math.min(token.map[1] - first, lines.length);
  while (to > from + 1 && isBlank(lines[to - 1])) to -= 1;
  return { from, to };
}

// The node with every item and row numbered, so that it is known again after an edit.
function withPlaces(node, parts) {
  if (!parts) return node;
  const children = [];
  node.forEach((child, _offset, at) => {
    const inside = [];
    child.forEach((each, _from, index) => inside.push(withPlaces(each, parts[at].inner?.[index]?.parts)));
    children.push(child.type.create({ ...child.attrs, at }, inside));
  });
  return node.type.create(node.attrs, children);
}

function writtenPage(page, now) {
  if (now.eq(page.doc)) return page.text;
  const pieces = [];
  now.forEach((node) => {
    const text = textOf(page, node);
    if (text) pieces.push({ node, text, place: placeOf(node), isKept: isUntouched(page, node) });
  });
  return pieces.length ? joined(page, pieces) : "";
}

function textOf(page, node) {
  const before = page.opened[node.attrs.at];
  if (isUntouched(page, node)) return before.source.replace(/\r?\n$/, "");
  if (!page.kept.has(node)) page.kept.set(node, write(node, page.env, before));
  return page.kept.get(node);
}

function isUntouched(page, node) {
  const before = page.opened[node.attrs.at];
  return Boolean(before) && (before.node === node || before.node.eq(node));
}

function placeOf(node) {
  return node.attrs.at ?? node.firstChild?.attrs?.at ?? null;
}

function joined(page, pieces) {
  const { opened, lines } = page;
  const [first, last] = [pieces[0], pieces.at(-1)];
  let text = (first.place === 0 ? lines.slice(0, opened[0].first).join("") : "") + first.text;
  for (let index = 1; index < pieces.length; index += 1) {
    const [one, other] = [pieces[index - 1], pieces[index]];
    text += apart(page, one, other) + other.text;
  }
  return text + tail(page, last);
}

function tail({ opened, lines, text }, last) {
  if (last.place === opened.length - 1 && last.place !== null && opened.length) return ending(lines, opened.at(-1).end);
  return text === "" || text.endsWith("\n") ? "\n" : "";
}

// What stands after the block that ended before line `end`: its line's own end, and the blank lines.
function ending(lines, end) {
  const own = /\r?\n$/.exec(lines[end - 1])?.[0] ?? "";
  return own + lines.slice(end).join("");
}

// What stands between two blocks: what stood there, where that still keeps them apart.
function apart(page, one, other) {
  const { opened, lines } = page;
  const wereNeighbours = one.place !== null && other.place === one.place + 1;
  const before = wereNeighbours ? ending(lines.slice(0, opened[other.place].first), opened[one.place].end) : null;
  if (before !== null && one.isKept && other.isKept) return before;
  const ways = [...(before ? [before] : []), "\n\n"];
  const found = ways.find((way) => holds(one.text, way, other.text));
  if (found) return found;
  const text = otherwise(page, one, other);
  if (text === null || !holds(one.text, "\n\n", text)) return "\n\n<!-- -->\n\n";
  other.text = text;
  return "\n\n";
}

// The second of two blocks written so that it does not run into the first: another sign for a list, every sign escaped.
function otherwise({ env }, one, other) {
  const { type, attrs, content } = other.node;
  if (OTHER_SIGN[attrs.sign] && type === one.node.type) {
    return write(type.create({ ...attrs, sign: OTHER_SIGN[attrs.sign] }, content), env);
  }
  return other.isKept ? null : writeCarefully(other.node);
}

// Whether two texts with this between them are still the blocks that each is alone.
function holds(one, way, other) {
  const shift = (one + way).split("\n").length - 1;
  const whole = ranges(one + way + other);
  const [before, after] = [ranges(one), ranges(other, shift)];
  const isWhole = whole.length === before.length + cut(way).length + after.length;
  return isWhole && same(whole.slice(0, before.length), before) && same(whole.slice(whole.length - after.length), after);
}

function ranges(text, shift = 0) {
  return cut(text).map(({ kind, first, end }) => `${kind} ${first + shift} ${end + shift}`);
}

function same(some, others) {
  return some.join() === others.join();
}
