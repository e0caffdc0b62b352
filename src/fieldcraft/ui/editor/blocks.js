// Markdown → its top-level blocks as line ranges; the rule is written down in engine/prose/blocks.py, and
// tests/shared_blocks/ holds the cases for both.
import { grammar } from "./grammar.js";

const KINDS = {
  heading_open: "heading",
  paragraph_open: "paragraph",
  bullet_list_open: "list",
  ordered_list_open: "list",
  blockquote_open: "quote",
  table_open: "table",
  fence: "code",
  code_block: "code",
  html_block: "html",
  hr: "rule",
};

export function blocks(text) {
  return cut(text).map(({ kind, first, end }) => [kind, first, end]);
}

// The blocks with the tokens that each was read from.
export function cut(text, tokens = blockTokens(text)) {
  const lines = linesOf(text);
  const found = [];
  for (const group of topLevel(tokens)) {
    const first = Math.max(group.map[0], found.at(-1)?.end ?? 0);
    let end = Math.min(group.map[1], lines.length);
    while (end > first + 1 && isBlank(lines[end - 1])) end -= 1;
    if (end > first) found.push({ kind: KINDS[group.type] ?? "other", first, end, tokens: group.tokens });
  }
  return found;
}

export function linesOf(text) {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+/g) ?? [];
}

export function isBlank(text) {
  return !/[^ \t\r\n]/.test(text);
}

function blockTokens(text) {
  const tokens = [];
  grammar.block.parse(text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd"), grammar, {}, tokens);
  return tokens;
}

function topLevel(tokens) {
  const groups = [];
  for (const token of tokens) {
    if (token.level === 0 && token.nesting >= 0 && token.map) {
      groups.push({ type: token.type, map: token.map, tokens: [] });
    }
    groups.at(-1)?.tokens.push(token);
  }
  return groups;
}
