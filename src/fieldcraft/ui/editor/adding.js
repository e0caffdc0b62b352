// A file that is added comes back at the end of the text; in the editor it goes on to where one was writing.
import { TextSelection } from "prosemirror-state";

let asked = null; // what is being added to: { text, after }, after how many blocks

export function rememberPlace(textarea, view) {
  let isIn = false;
  // Not by the focus alone, which a script may have put there.
  for (const kind of ["pointerdown", "keydown", "beforeinput"]) {
    view.dom.addEventListener(kind, ({ key }) => (isIn ||= key !== "Tab"));
  }
  textarea.form?.addEventListener("submit", ({ submitter }) => {
    if (view.isDestroyed) return;
    asked = submitter?.name === "add-file" ? { text: textarea.value, after: isIn ? blocksSoFar(view.state) : Infinity } : null;
  });
}

// An empty paragraph is not written: what comes there takes its place.
function blocksSoFar({ doc, selection }) {
  const upTo = selection.$from.index(0);
  let count = 0;
  doc.forEach((node, _offset, index) => (count += index <= upTo && (node.type.name !== "paragraph" || node.content.size > 0)));
  return count;
}

export function takeToPlace(textarea, view) {
  const before = asked;
  asked = null;
  if (!before || !isOneMore(before.text, textarea.value)) return;
  const at = moveLast(view, before.after);
  const box = view.nodeDOM(at + 1)?.querySelector?.("input");
  view.focus();
  box?.focus();
  box?.select(); // it is called as its file; what it shows, only the writer knows
}

function isOneMore(before, now) {
  const start = before.trimEnd();
  return now.startsWith(start) && /^\s*!?\[[^\n]*\]\([^\n]*\)\n$/.test(now.slice(start.length));
}

// The last block, put after so many others; → its place.
function moveLast(view, after) {
  const { doc, tr } = view.state;
  const from = doc.content.size - doc.lastChild.nodeSize;
  const added = doc.lastChild.type.create({ ...doc.lastChild.attrs, at: null }, doc.lastChild.content);
  let at = 0;
  for (let index = 0; index < Math.min(after, doc.childCount - 1); index += 1) at += doc.child(index).nodeSize;
  if (at < from) tr.delete(from, doc.content.size).insert(at, added);
  tr.setSelection(TextSelection.create(tr.doc, at + added.nodeSize - 1));
  view.dispatch(tr.scrollIntoView());
  return at;
}
