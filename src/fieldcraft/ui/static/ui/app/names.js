// <textarea data-check-names>: looks, on this device only, for what could tell who a person is: one quiet line asks. Who
// then sends without an answer is asked once more before anything leaves; the next press sends. Nothing is blocked.
// data-check-names="all": what stands there from the start is looked at as well, since it was nobody else's until now.
import { setValue } from "./kept_words.js";
import { make, say } from "./words.js";

const KINDS = [
  ["email", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ["phone", /(?<![\w/.-])(?:\+\d{1,3}[ -]?)?(?:\(0\d*\)|0)?\d[\d ()/-]{6,}\d(?![\w-])/gu],
  ["birth", /\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b/gu],
  ["name", /\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Herr|Frau)\.? \p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?/gu],
];
const DAYS =
  "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|" +
  "October|November|December|Christmas|Easter";
const OPENING = "[\"“‘'(*_]{0,3}", CLOSING = "[\"”’')*_]{0,3}";
const NAME = "\\p{Lu}[\\p{Ll}'’-]+";
const NO_DAY = `(?!(?:${DAYS})\\b)`;
// Two capitalised words in a row, not at a sentence's beginning. German writes every noun so: there it would say nothing.
const TWO_CAPITALS = ["name", new RegExp(`(?<=[\\p{Ll}\\d,;:–—][ \n]${OPENING})${NO_DAY}${NAME}[ \n]${NO_DAY}${NAME}`, "gu")];
// At a sentence's beginning the first word would be capitalised anyway: there only where small letters go on, and where the
// two are no everyday words. A heading says nothing, since its capitals tell nothing.
const EVERYDAY =
  "A|An|The|This|That|These|Those|When|While|If|As|At|In|On|By|For|From|With|Without|After|Before|Until|Since|Because|And|" +
  "But|Or|So|Then|Now|Once|Each|Every|Some|Many|Most|All|Both|Our|Your|My|His|Her|Its|Their|We|You|He|She|They|It|Is|Are|" +
  "Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|May|Might|Must|Should|Will|Would|Not|No|Yes|Ask|Call|Tell|See|Read|Use|Say|" +
  "Write|Let|Try|What|Who|How|Why|Where|Which|Dear|Hello|Thank|Thanks|Last|Next|Early|Late|Yesterday|Today|Tomorrow";
const DONE_TO = "Rang|Ring|Phoned|Phone|Called|Texted|Emailed|Met|Saw|Visited|Asked|Told|Helped|Joined";
const BEGINNING = `^(?:[-*>] |\\d+\\. )?|[.!?…]["”’)]? `;
const GOES_ON = `(?=${CLOSING} \\p{Ll})`;
const AT_THE_BEGINNING = [
  "name",
  new RegExp(`(?<=(?:${BEGINNING})${OPENING})(?!(?:${EVERYDAY}|${DONE_TO}|${DAYS}) )${NAME} ${NO_DAY}${NAME}${GOES_ON}`, "gmu"),
];
// "Rang Sarah on …": what was done to somebody says that the next word is who.
const AFTER_WHAT_WAS_DONE = ["name", new RegExp(`(?<=(?:${BEGINNING})(?:${DONE_TO}) )${NO_DAY}${NAME}${GOES_ON}`, "gmu")];
const NOT_WORDS = /\[\[.*?\]\]|\]\([^)]*\)|`[^`\n]*`|<[^>\n]*>|https?:\S+/g;

// The first thing in the text that looks like personal data and is not among those `known`.
export function looksLikeAPerson(text, known, language = "en") {
  const words = text.replace(NOT_WORDS, (found) => "\n".repeat(found.length));
  const kinds = language.startsWith("de") ? KINDS : [...KINDS, TWO_CAPITALS, AT_THE_BEGINNING, AFTER_WHAT_WAS_DONE];
  for (const [kind, pattern] of kinds) {
    for (const [found] of words.matchAll(pattern)) {
      if (!known.has(found) && isLikely(kind, found)) return { kind, found };
    }
  }
  return null;
}

function isLikely(kind, found) {
  return kind !== "phone" || (found.match(/\d/g).length >= 8 && !/^(?:19|20)\d{2}\D+(?:19|20)\d{2}$/.test(found));
}

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
