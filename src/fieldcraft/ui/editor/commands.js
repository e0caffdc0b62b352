// What the keys and the toolbar do.
import { chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { Plugin, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export const bold = toggleMark(marks.strong);
export const italic = toggleMark(marks.em);
export { redo, undo };

export function heading(level) {
  return (state, dispatch) => {
    const isOne = isIn(state, nodes.heading, (node) => node.attrs.level === level);
    return setBlockType(isOne ? nodes.paragraph : nodes.heading, isOne ? null : { level })(state, dispatch);
  };
}

export function list(type) {
  return (state, dispatch) => (isIn(state, type) ? liftListItem(nodes.list_item)(state, dispatch) : wrapInList(type)(state, dispatch));
}

export function quote(state, dispatch) {
  return isIn(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch);
}

export function isIn(state, type, isMeant = () => true) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === type && isMeant(node)) return true;
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) {
      if (type === nodes.bullet_list || type === nodes.ordered_list) return false;
    }
  }
  return false;
}

export function hasMark(state, type) {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
}

// Sets, changes or (with no address) takes away the link of the selection or around the caret.
export function link(href, words) {
  return (state, dispatch) => {
    const [from, to] = linkedRange(state);
    const change = state.tr.removeMark(from, to, marks.link);
    if (href && from === to) change.insert(from, schema.text(words || href, [marks.link.create({ href })]));
    else if (href) change.addMark(from, to, marks.link.create({ href }));
    dispatch(change.scrollIntoView());
    return true;
  };
}

export function linkAt(state) {
  const { $from } = state.selection;
  return marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []) ?? null;
}

function linkedRange({ selection, doc }) {
  if (!selection.empty) return [selection.from, selection.to];
  const { $from } = selection;
  const mark = marks.link.isInSet($from.marks());
  if (!mark) return [$from.pos, $from.pos];
  let [from, to] = [$from.pos, $from.pos];
  doc.nodesBetween($from.start(), $from.end(), (node, at) => {
    if (mark.isInSet(node.marks) && at <= $from.pos && at + node.nodeSize >= $from.pos) [from, to] = [at, at + node.nodeSize];
  });
  return [from, to];
}

export function startPageLink(state, dispatch) {
  const { from, to } = state.selection;
  dispatch(state.tr.insertText(`[[${state.doc.textBetween(from, to, " ")}`, from, to).scrollIntoView());
  return true;
}

// In a table Enter goes to the cell below, in the last row to a new row, and from an empty last row out of the table.
function cellBelow(state, dispatch) {
  const { $from } = state.selection;
  if ($from.parent.type !== nodes.table_cell && $from.parent.type !== nodes.table_heading) return false;
  const [row, table] = [$from.node(-1), $from.node(-2)];
  const [column, isLast] = [$from.index(-1), $from.index(-2) === table.childCount - 1];
  if (!dispatch) return true;
  const change = state.tr;
  if (isLast && $from.index(-2) > 0 && !row.textContent) leaveTable(change, $from);
  else {
    if (isLast) change.insert($from.after(-1), emptyRow(table));
    const below = change.doc.resolve($from.after(-1)).nodeAfter;
    const before = [...Array(Math.min(column, below.childCount - 1)).keys()].reduce((sum, each) => sum + below.child(each).nodeSize, 0);
    change.setSelection(TextSelection.create(change.doc, $from.after(-1) + before + 2));
  }
  dispatch(change.scrollIntoView());
  return true;
}

function leaveTable(change, $from) {
  change.delete($from.before(-1), $from.after(-1));
  const after = change.mapping.map($from.after(-2));
  change.insert(after, nodes.paragraph.create());
  change.setSelection(TextSelection.create(change.doc, after + 1));
}

function emptyRow(table) {
  const cells = [];
  table.firstChild.forEach((each) => cells.push(nodes.table_cell.create({ side: each.attrs.side })));
  return nodes.table_row.create(null, cells);
}

function hardBreak(state, dispatch) {
  const { parent } = state.selection.$from;
  if (parent.type !== nodes.paragraph) return true;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// Backspace in an empty paragraph below a list takes the paragraph away, and does not make an item of it.
function leaveEmptyBelowList(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.paragraph || $from.parent.content.size || $from.depth === 0) return false;
  const before = state.doc.resolve($from.before()).nodeBefore;
  if (before?.type !== nodes.bullet_list && before?.type !== nodes.ordered_list) return false;
  const change = state.tr.delete($from.before(), $from.after());
  dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve($from.before()), -1)).scrollIntoView());
  return true;
}

export const keys = {
  "Mod-b": bold,
  "Mod-i": italic,
  "Mod-z": undo,
  "Shift-Mod-z": redo,
  "Mod-y": redo,
  "Mod-]": sinkListItem(nodes.list_item),
  "Mod-[": liftListItem(nodes.list_item),
  Backspace: leaveEmptyBelowList,
  Enter: chainCommands(cellBelow, splitListItem(nodes.list_item)),
  "Shift-Enter": chainCommands(exitCode, hardBreak),
  "Mod-Enter": exitCode,
};

export const asOneTypes = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{2,6})\s$/, nodes.heading, (found) => ({ level: found[1].length })),
    wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,9})\.\s$/, nodes.ordered_list, (found) => ({ start: Number(found[1]) })),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
  ],
});

// After each change: no two lists beside each other that would be read as one, tables with rows of one width,
// headings of one line, and room to go on at the end.
export const tidy = new Plugin({
  appendTransaction(_changes, _before, state) {
    const change = state.tr;
    for (const at of listsThatTouch(state.doc)) change.join(at);
    change.doc.descendants((node, at) => void (node.type === nodes.table && !isWhole(node) && mend(change, node, at)));
    change.doc.descendants((node, at, parent) => void (isBreakInHeading(node, parent) && change.replaceWith(at, at + 1, schema.text(" "))));
    if (state.doc.lastChild.type !== nodes.paragraph) change.insert(change.doc.content.size, nodes.paragraph.create());
    return change.docChanged ? change : null;
  },
});

// From the last to the first, so that joining one leaves the places of the others as they are.
function listsThatTouch(doc) {
  const found = [];
  doc.descendants((parent, start) => {
    if (!parent.isTextblock) touching(parent, start + 1, found);
    return !parent.isTextblock;
  });
  touching(doc, 0, found);
  return found.sort((a, b) => b - a);
}

function touching(parent, start, found) {
  parent.forEach((node, offset, index) => {
    const before = index ? parent.child(index - 1) : null;
    const isList = node.type === nodes.bullet_list || node.type === nodes.ordered_list;
    if (isList && before?.type === node.type && before.attrs.sign === node.attrs.sign) found.push(start + offset);
  });
}

// A heading is one line; a space is as long as the break was.
function isBreakInHeading(node, parent) {
  return node.type === nodes.hard_break && parent.type === nodes.heading && parent.attrs.sign === "#";
}

function isWhole(table) {
  let [isEven, width] = [true, table.firstChild.childCount];
  table.forEach((row, _offset, index) => {
    const type = index ? nodes.table_cell : nodes.table_heading;
    row.forEach((cell) => (isEven &&= cell.type === type));
    isEven &&= row.childCount === width;
  });
  return isEven;
}

function mend(change, table, at) {
  let width = 0;
  table.forEach((row) => (width = Math.max(width, row.childCount)));
  const rows = [];
  table.forEach((row, _offset, index) => rows.push(evenRow(row, width, index ? nodes.table_cell : nodes.table_heading)));
  const now = change.mapping.map(at);
  change.replaceWith(now, now + table.nodeSize, table.type.create(table.attrs, rows));
}

function evenRow(row, width, type) {
  const cells = [...Array(width).keys()].map((index) => {
    const cell = row.maybeChild(index);
    return type.create(cell?.attrs, cell?.content);
  });
  return row.type.create(row.attrs, cells);
}
