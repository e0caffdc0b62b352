// Tokens → a node of the editor. Whatever it has no node for raises Unreadable, and the block becomes an island.
import { schema } from "./schema.js";

export class Unreadable extends Error {}

const { nodes, marks } = schema;
const MARKS = { em: "em", strong: "strong", s: "strike" };

export function readBlock(tokens, lines) {
  const found = readAll(tokens, lines);
  if (found.length !== 1) throw new Unreadable();
  return found[0];
}

function readAll(tokens, lines) {
  const found = [];
  for (let index = 0; index < tokens.length; ) {
    const end = endOf(tokens, index);
    found.push(readOne(tokens[index], tokens.slice(index + 1, end), lines));
    index = end + 1;
  }
  return found;
}

function endOf(tokens, index) {
  if (tokens[index].nesting === 0) return index;
  const end = tokens.findIndex((each, at) => at > index && each.nesting < 0 && each.level === tokens[index].level);
  if (end < 0) throw new Unreadable();
  return end;
}

function readOne(token, inside, lines) {
  switch (token.type) {
    case "paragraph_open":
      return nodes.paragraph.create(null, words(inside, token, lines));
    case "heading_open":
      return heading(token, inside, lines);
    case "blockquote_open":
      return nodes.blockquote.createChecked(null, readAll(inside, lines));
    case "bullet_list_open":
    case "ordered_list_open":
      return list(token, inside, lines);
    case "fence":
    case "code_block":
      return code(token);
    case "hr":
      return nodes.rule.create({ sign: token.markup });
    case "table_open":
      return table(inside, lines);
    default:
      throw new Unreadable(token.type);
  }
}

function heading(token, inside, lines) {
  const attrs = { level: Number(token.tag[1]), sign: token.markup[0] };
  return nodes.heading.create(attrs, words(inside, token, lines));
}

function code(token) {
  const text = token.content.replace(/\n$/, "");
  return nodes.code_block.create({ sign: token.markup, words: token.info }, text ? schema.text(text) : null);
}

function list(token, inside, lines) {
  const items = [];
  for (let index = 0; index < inside.length; ) {
    const end = endOf(inside, index);
    const content = readAll(inside.slice(index + 1, end), lines);
    if (content[0]?.type !== nodes.paragraph) content.unshift(nodes.paragraph.create());
    items.push(nodes.list_item.createChecked(null, content));
    index = end + 1;
  }
  const isOrdered = token.type === "ordered_list_open";
  const type = isOrdered ? nodes.ordered_list : nodes.bullet_list;
  return type.createChecked({ ...habits(token, inside, lines), ...(isOrdered ? numbers(token, inside) : {}) }, items);
}

function habits(token, inside, lines) {
  const first = /^([ \t>]*)(?:[-+*]|\d+[.)])( {1,4})\S/.exec(lines[token.map[0]] ?? "");
  return {
    sign: token.markup,
    gap: first ? first[2].length : 1,
    indent: first && token.level === 0 ? first[1].length : 0,
    tight: !inside.some((each) => each.type === "paragraph_open" && each.level === token.level + 2 && !each.hidden),
  };
}

function numbers(token, inside) {
  const [one, two] = inside.filter((each) => each.type === "list_item_open" && each.level === token.level + 1);
  return { start: Number(token.attrGet("start") ?? 1), same: Boolean(two) && one.info === two.info };
}

function table(inside, lines) {
  const rows = inside.flatMap((token, index) => (token.type === "tr_open" ? [row(inside, index, lines)] : []));
  return nodes.table.createChecked(null, rows);
}

function row(tokens, start, lines) {
  const cells = [];
  const end = endOf(tokens, start);
  for (let index = start + 1; index < end; index += 3) {
    const type = tokens[index].type === "th_open" ? nodes.table_heading : nodes.table_cell;
    const side = /left|right|center/.exec(tokens[index].attrGet("style") ?? "")?.[0] ?? "";
    cells.push(type.create({ side }, words([tokens[index + 1]], tokens[start], lines)));
  }
  return nodes.table_row.createChecked(null, cells);
}

function words(inside, token, lines) {
  const source = lines.slice(...(token.map ?? [0, 0])).join("");
  const breakSign = /\\\r?\n/.test(source) ? "\\" : "  ";
  let open = [];
  return inside
    .flatMap((each) => each.children ?? [])
    .flatMap((child) => {
      if (child.nesting !== 0) open = child.nesting > 0 ? opened(open, child) : closed(open, child);
      return child.nesting === 0 ? leaf(child, open, breakSign) : [];
    });
}

function opened(open, token) {
  return markOf(token).addToSet(open);
}

function closed(open, token) {
  const name = token.type.replace("_close", "");
  return open.filter((each) => each.type.name !== (MARKS[name] ?? name));
}

function markOf(token) {
  const name = token.type.replace("_open", "");
  if (name === "link") {
    const sign = token.markup === "autolink" ? "<" : "";
    return marks.link.create({ href: token.attrGet("href"), title: token.attrGet("title") ?? "", sign });
  }
  if (!MARKS[name]) throw new Unreadable(name);
  return marks[MARKS[name]].create({ sign: token.markup });
}

function leaf(token, open, breakSign) {
  switch (token.type) {
    case "text":
    case "text_special":
      return token.content ? [schema.text(token.content, open)] : [];
    case "softbreak":
      return [schema.text(" ", marks.soft.create().addToSet(open))];
    case "hardbreak":
      return [nodes.hard_break.create({ sign: breakSign }, null, open)];
    case "code_inline":
      return token.content ? [schema.text(token.content, marks.code.create().addToSet(open))] : [];
    case "page_link":
      return [nodes.page_link.create({ inner: token.content }, null, open)];
    case "html_inline":
    case "as_written":
      return [nodes.as_written.create({ source: token.content }, null, open)];
    case "footnote_ref":
      return [nodes.as_written.create({ source: footnote(token) }, null, open)];
    case "image":
      return [nodes.as_written.create({ source: picture(token) }, null, open)];
    default:
      throw new Unreadable(token.type);
  }
}

function footnote(token) {
  if (!token.meta.label) throw new Unreadable("footnote within the words");
  return `[^${token.meta.label}]`;
}

function picture(token) {
  const title = token.attrGet("title");
  return `![${token.content}](${address(token.attrGet("src"))}${title ? ` "${title}"` : ""})`;
}

// An address with a space or an odd bracket in it stands between angle brackets.
export function address(href) {
  return /^[^\s()<>]+$/.test(href) ? href : `<${href}>`;
}
