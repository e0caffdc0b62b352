// <form data-keep="KEY">: nothing that was typed is lost, whether the connection, the session or the battery ends.
import { fill, keepAll, kept, keyOf, looksTheSame, wordsIn } from "./kept_words.js";
import { goTo, send, showAnswer } from "./send.js";
import { make, say } from "./words.js";

const PAUSE = 300;
const answered = new Map(); // of forms that were answered in place: whether their words are unsent, and what was not asked about

class KeptForm {
  constructor(form, isAnswer) {
    this.form = form;
    this.key = keyOf(form);
    this.shown = wordsIn(form);
    this.isSending = false;
    const before = answered.get(this.key);
    this.isUnsent = isAnswer && (before?.isUnsent ?? true);
    this.older = kept(this.key).filter((each) => !looksTheSame(form, each.fields, this.shown));
    this.unasked = isAnswer ? before?.unasked ?? [] : this.older; // stays when these words are sent
    if (isAnswer) this.save();
    else this.offer();
    this.listen();
  }

  listen() {
    this.form.addEventListener("input", () => this.saveSoon());
    this.form.addEventListener("change", () => this.saveSoon());
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.saveNow());
    document.addEventListener("visibilitychange", () => this.saveNow());
    addEventListener("beforeunload", (event) => this.hasUnsent() && event.preventDefault());
  }

  hasUnsent() {
    if (!this.form.isConnected) return false;
    return this.isUnsent || !looksTheSame(this.form, wordsIn(this.form), this.shown);
  }

  saveSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
  }

  saveNow() {
    if (this.waiting) this.save();
  }

  save() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (this.form.isConnected) keepAll(this.key, [...(this.hasUnsent() ? [{ fields: wordsIn(this.form) }] : []), ...this.older]);
  }

  offer() {
    this.banner?.remove();
    this.banner = null;
    if (!this.older.length) return keepAll(this.key, []);
    const takeUp = make("button", { type: "button", class: "button", click: () => this.takeUp() }, say("takeUp"));
    const throwAway = make("button", { type: "button", class: "link-button", click: () => this.throwAway() }, say("throwAway"));
    const sentence = make("p", {}, say("unsentWords"));
    this.banner = make("section", { class: "banner", role: "status" }, sentence, make("p", { class: "row" }, takeUp, throwAway));
    return this.form.before(this.banner);
  }

  takeUp() {
    const [words] = this.older.splice(0, 1);
    this.banner.remove();
    fill(this.form, words.fields);
    this.save();
    this.focusFirst();
  }

  throwAway() {
    this.older.shift();
    this.save();
    this.banner.remove();
    if (this.older.length) this.offer();
    else this.focusFirst();
  }

  focusFirst() {
    this.form.querySelector("input:not([type=hidden]), textarea:not([hidden]), [role=textbox], select")?.focus();
  }

  async submit(event) {
    if (event.defaultPrevented || this.form.method !== "post") return;
    event.preventDefault();
    if (this.isSending) return;
    this.save();
    this.isSending = true;
    this.form.setAttribute("aria-busy", "true");
    const outcome = await send(this.form, event.submitter);
    this.isSending = false;
    this.form.removeAttribute("aria-busy");
    this.answer(outcome, event.submitter);
  }

  answer(outcome, submitter) {
    if (outcome.is === "sent") return this.leaveFor(outcome.to);
    answered.set(this.key, { isUnsent: this.hasUnsent(), unasked: this.unasked });
    if (outcome.is === "answered" && showAnswer(outcome.html)) return undefined;
    return this.tell(outcome, submitter);
  }

  leaveFor(address) {
    this.shown = wordsIn(this.form);
    this.isUnsent = false;
    keepAll(this.key, this.unasked);
    goTo(address);
  }

  tell(outcome, submitter) {
    this.said?.remove();
    const words = outcome.is === "answered" ? "unsent" : outcome.is;
    this.said = make("p", { class: "banner banner-problem", role: "alert" }, say(words));
    if (outcome.is === "signedOut") {
      this.said.append(" ", make("a", { href: outcome.to, target: "_blank", rel: "noopener" }, say("signIn")));
    }
    (submitter?.closest("p, .row") ?? this.form.lastElementChild).before(this.said);
    this.said.scrollIntoView({ block: "nearest" });
  }
}

export function enhance(root = document, isAnswer = false) {
  for (const form of root.querySelectorAll("form[data-keep]")) new KeptForm(form, isAnswer);
}

document.addEventListener("fieldcraft:replaced", (event) => enhance(event.target, true));
enhance();
