// What the editor cannot write the same way again is shown as it is; "Edit as text" opens its source in place.
import { shownSafely } from "./clean.js";
import { make } from "./dom.js";
import { htmlOf } from "./write.js";

export function islandView(say, env) {
  return (node, view, getPos) => new Island(node, { view, getPos, say, env });
}

class Island {
  constructor(node, around) {
    Object.assign(this, around, { node });
    const { say } = around;
    this.dom = make("div", { class: "island", contenteditable: "false", role: "group", "aria-label": say("island") });
    this.show();
  }

  show() {
    this.box = null;
    this.dom.replaceChildren(...closed(this.node, this.say, this.env, () => this.open()));
  }

  open() {
    const before = this.node.attrs.source;
    this.box = boxFor(before, this.say);
    this.box.addEventListener("input", (event) => (event.stopPropagation(), this.put(this.box.value)));
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), this.leave(before)));
    const use = make("button", { type: "button", class: "button", click: () => this.use() }, this.say("useIt"));
    const leave = make("button", { type: "button", class: "link-button", click: () => this.leave(before) }, this.say("leaveIt"));
    this.dom.replaceChildren(this.box, make("p", { class: "row" }, use, leave));
    this.box.focus();
  }

  // Every letter goes into the text at once: sending the form while this is open loses nothing.
  put(source) {
    const attrs = { ...this.node.attrs, source: source.trimEnd() };
    this.view.dispatch(this.view.state.tr.setNodeMarkup(this.getPos(), null, attrs));
  }

  use() {
    const at = this.getPos();
    if (this.node.attrs.source) this.show();
    else this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize));
    this.view.focus();
  }

  leave(before) {
    this.put(before);
    this.show();
    this.dom.querySelector("button").focus();
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const isChanged = node.attrs.source !== this.node.attrs.source;
    this.node = node;
    if (!this.box && isChanged) this.show();
    else if (this.box && this.box.value.trimEnd() !== node.attrs.source) this.box.value = node.attrs.source;
    return true;
  }

  stopEvent() {
    return true;
  }

  ignoreMutation() {
    return true;
  }
}

function closed(node, say, env, open) {
  const { source, kind } = node.attrs;
  const isSource = kind === "html" || kind === "definition";
  const shown = isSource ? make("pre", {}, source) : make("div", { class: "island-shown" }, shownSafely(htmlOf(source, env)));
  return [shown, make("button", { type: "button", class: "button-second", click: open }, say("editAsText"))];
}

function boxFor(source, say) {
  const box = make("textarea", { "aria-label": say("source"), rows: String(Math.min(16, source.split("\n").length + 1)) });
  box.value = source;
  return box;
}
