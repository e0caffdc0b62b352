// <textarea data-editor data-pages-url="…"> → an editor over it. The textarea stays in the form and holds the Markdown;
// if anything fails, it simply stays as it is.
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { rememberPlace, takeToPlace } from "./adding.js";
import { blocks } from "./blocks.js";
import { asOneTypes, keys, tidy } from "./commands.js";
import { make } from "./dom.js";
import { islandView } from "./islands.js";
import { openPage } from "./page.js";
import { pasting } from "./pasting.js";
import { pictureView } from "./pictures.js";
import { schema } from "./schema.js";
import { titleList } from "./titles.js";
import { Toolbar } from "./toolbar.js";
import { wordsOf } from "./words.js";

let count = 0;

export function enhance(root = document) {
  for (const textarea of root.querySelectorAll("textarea[data-editor]")) {
    if (!textarea.dataset.editing) put(textarea);
  }
}

function put(textarea) {
  textarea.dataset.editing = "yes";
  try {
    edit(textarea);
  } catch {
    plain(textarea);
  }
}

function plain(textarea) {
  textarea.hidden = false;
  textarea.parentNode.querySelector(".editor")?.remove();
}

function edit(textarea) {
  const say = wordsOf();
  const page = checkedPage(textarea.value);
  const frame = make("div", { class: "editor" });
  const id = `editor-${(count += 1)}`;
  const toolbar = new Toolbar({ say, textId: id, asText: () => toPlain(textarea, view, close, say) });
  textarea.before(frame);
  const said = make("p", { class: "editor-said", role: "status" });
  frame.append(toolbar.dom, said);
  const state = EditorState.create({ doc: page.doc, plugins: plugins(textarea, say) });
  const view = new EditorView(frame, {
    state,
    attributes: { id, role: "textbox", "aria-multiline": "true", class: "prose", ...described(textarea, id) },
    nodeViews: { island: islandView(say, page.env), as_written: pictureView(textarea.dataset.filesUrl, say) },
    ...pasting(say, (words) => (said.textContent = words && takesFiles(textarea) ? `${words} ${say("addBelow")}` : words)),
    clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n\n", (node) => node.attrs.source ?? node.attrs.inner ?? "\n"),
    handleDOMEvents: { blur: () => void tell(textarea, "change") },
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      toolbar.update();
      if (change.docChanged && !keep(textarea, page, view.state.doc)) toPlain(textarea, view, close, say);
    },
  });
  toolbar.attach(view);
  const close = named(textarea, () => view.focus());
  textarea.hidden = true;
  rememberPlace(textarea, view);
  takeToPlace(textarea, view);
  textarea.addEventListener("fieldcraft:filled", () => reopen(textarea, view, close), { once: true });
}

// The whole text must come back as it was, sign by sign, or there is no editor.
function checkedPage(text) {
  const page = openPage(text);
  const again = schema.nodes.doc.create(null, page.doc.content.append(Fragment.from(schema.nodes.paragraph.create())));
  if (page.opened.length && page.written(again) !== text) throw new Error("The text would change by being opened.");
  return page;
}

function takesFiles(textarea) {
  return Boolean(textarea.form?.querySelector("input[type=file]"));
}

function plugins(textarea, say) {
  const url = textarea.dataset.pagesUrl;
  return [...(url ? [titleList({ url, say })] : []), asOneTypes, keymap(keys), keymap(baseKeymap), history(), tidy];
}

// The label names the editor now; a touch on it goes there, and so does the list of what to look at again.
function named(textarea, focus) {
  const label = textarea.labels[0];
  const links = [...document.querySelectorAll(`a[href="#${CSS.escape(textarea.id)}"]`)];
  const ways = label ? [label, ...links] : links;
  label?.removeAttribute("for");
  ways.forEach((each) => each.addEventListener("click", focus));
  return () => {
    if (label) label.htmlFor = textarea.id;
    ways.forEach((each) => each.removeEventListener("click", focus));
  };
}

function described(textarea, id) {
  const [label] = textarea.labels;
  const by = textarea.getAttribute("aria-describedby");
  if (label) label.id = `${id}-name`;
  return { ...(label ? { "aria-labelledby": label.id } : {}), ...(by ? { "aria-describedby": by } : {}) };
}

// Whether the words are in the field: if they cannot be written, the field itself is what one goes on in.
function keep(textarea, page, doc) {
  try {
    textarea.value = page.written(doc);
  } catch {
    return false;
  }
  tell(textarea, "input");
  return true;
}

function tell(textarea, what) {
  textarea.dispatchEvent(new Event(what, { bubbles: true }));
}

// Words were put into the textarea from outside (taken up again, or changed): show those.
function reopen(textarea, view, close) {
  leave(view, close);
  put(textarea);
}

function leave(view, close) {
  const frame = view.dom.closest(".editor");
  view.destroy();
  frame.remove();
  close();
}

function toPlain(textarea, view, close, say) {
  leave(view, close);
  textarea.hidden = false;
  const again = make("button", { type: "button", class: "link-button", click: () => toPage(textarea, again) }, say("asPage"));
  textarea.after(again);
  textarea.focus();
}

// The button that was pressed is gone then: one goes on where one writes.
function toPage(textarea, button) {
  button.remove();
  put(textarea);
  (textarea.hidden ? textarea.parentNode.querySelector("[role=textbox]") : textarea).focus();
}

window.FieldcraftEditor = { blocks, enhance };
document.addEventListener("fieldcraft:replaced", (event) => enhance(event.target));
enhance();
