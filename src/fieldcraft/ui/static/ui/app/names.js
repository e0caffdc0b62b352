// <textarea data-check-names>: looks, on this device only, for what could tell who a person is: one quiet line asks. Who
// then sends without an answer is asked once more before anything leaves; the next press sends. Nothing is blocked.
// data-check-names="all": what stands there from the start is looked at as well, since it was nobody else's until now.
import { setValue } from "./kept_words.js";
import { looksLikeAPerson } from "./looks_like.js";
import { make, say } from "./words.js";

const PAUSE = 300; // a line that appears while a button is being pressed would push it away from under the finger
const checks = new WeakMap(); // of each textarea

class NameCheck {
  constructor(textarea) {
    this.textarea = textarea;
    this.known = new Set(); // what shall stay
    this.pressed = new Set(); // what was asked about, in focus: who goes on to send has seen it
    textarea.addEventListener("change", () => this.lookSoon());
  }

  lookSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), PAUSE);
  }

  // What stood there before is the manual's, not what was typed now.
  look() {
    clearTimeout(this.waiting);
    const before = this.textarea.dataset.checkNames === "all" ? "" : this.textarea.defaultValue;
    const known = { has: (found) => this.known.has(found) || before.includes(found) };
    const seen = looksLikeAPerson(this.textarea.value, known, document.documentElement.lang);
    if (seen && this.line?.isConnected && seen.found === this.asked) return;
    this.line?.remove();
    if (seen) this.ask(seen);
  }

  ask({ kind, found }) {
    this.asked = found;
    const changeIt = () => this.answer(found, () => this.replace(kind, found));
    this.line = make(
      "p",
      { class: "name-check row", role: "status" },
      make("span", {}, say(`looksLike_${kind}`, { found, instead: say("instead") })),
      make("button", { type: "button", class: "link-button", click: changeIt }, say("changeIt")),
      make("button", { type: "button", class: "link-button", click: () => this.answer(found) }, say("keepIt")),
    );
    (this.textarea.closest(".field") ?? this.textarea.parentNode).append(this.line);
  }

  // Whether something is asked about that has not been in focus yet.
  isNewAtSending() {
    this.look();
    if (!this.line?.isConnected || this.pressed.has(this.asked)) return false;
    this.pressed.add(this.asked);
    return true;
  }

  focus() {
    this.line.prepend(make("strong", {}, say("notSentYet")));
    this.line.closest("details")?.setAttribute("open", "");
    this.line.tabIndex = -1;
    this.line.focus();
  }

  answer(found, change = () => this.known.add(found)) {
    this.line.remove();
    change();
    this.look();
    if (!this.line?.isConnected) return this.place()?.focus();
    this.pressed.add(this.asked);
    return this.line.querySelector("button").focus();
  }

  replace(kind, found) {
    const instead = kind === "name" ? say("instead") : "…";
    setValue(this.textarea, this.textarea.value.replaceAll(found, instead));
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The editor stands before its textarea, which is then hidden.
  place() {
    return this.textarea.hidden ? this.textarea.parentNode.querySelector("[role=textbox]") : this.textarea;
  }
}

const within = (root) => [...root.querySelectorAll("textarea[data-check-names]")];

export function enhance(root = document) {
  for (const textarea of within(root)) checks.set(textarea, new NameCheck(textarea));
}

// Before whatever else would send the form: every field is looked at, and the first with a question is shown.
function askBeforeSending(event) {
  const [first] = within(event.target).map((each) => checks.get(each)).filter((check) => check?.isNewAtSending());
  if (!first) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  first.focus();
}

document.addEventListener("submit", askBeforeSending, true);
document.addEventListener("fieldcraft:replaced", (event) => enhance(event.target));
enhance();
