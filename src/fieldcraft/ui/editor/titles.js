// Typing `[[` opens a list of the manual's pages: arrow keys, Enter, Escape; the focus stays in the text.
import { Plugin } from "prosemirror-state";
import { make } from "./dom.js";
import { schema } from "./schema.js";

const OPENED = /\[\[([^[\]\n]{0,80})$/;
const WHOLE = /\[\[([^[\]\n]{1,590})\]$/;
const PAUSE = 150;
const GAP = 6, LEAST = 96; // pixels: beside the words, and of the list
let count = 0;

export function titleList({ url, say }) {
  return new Plugin({
    view: (view) => new TitleList(view, url, say),
    props: {
      handleKeyDown(view, event) {
        return view.titleList?.onKey(event) ?? false;
      },
      handleTextInput: closeByHand,
      handleDOMEvents: {
        blur: (view) => view.titleList?.close(),
      },
    },
  });
}

// `[[A title]]` typed to its end is the link as well.
function closeByHand(view, from, to, text) {
  const before = textBefore(view.state, from);
  const found = text === "]" && before !== null && WHOLE.exec(before);
  if (!found) return false;
  put(view, from - found[0].length, to, found[1]);
  return true;
}

function put(view, from, to, inner) {
  view.dispatch(view.state.tr.replaceWith(from, to, schema.nodes.page_link.create({ inner })).scrollIntoView());
}

// An atom counts as one sign, so that places in the text and in the string are the same.
function textBefore(state, at) {
  const place = state.doc.resolve(at);
  if (!place.parent.isTextblock || place.parent.type.spec.code) return null;
  return place.parent.textBetween(Math.max(0, place.parentOffset - 600), place.parentOffset, null, "\ufffc");
}

// From where to where, in pixels of the screen, nothing lies over the text.
function freeScreen(caret) {
  const { offsetTop, height } = window.visualViewport;
  const bar = document.querySelector(".places")?.getBoundingClientRect();
  const end = offsetTop + height;
  return [offsetTop, bar && bar.top > caret.bottom ? Math.min(bar.top, end) : end];
}

class TitleList {
  constructor(view, url, say) {
    Object.assign(this, { view, url, say, titles: [], chosen: 0, asked: "", dismissed: null });
    this.list = make("ul", { id: `titles-${(count += 1)}`, role: "listbox", "aria-label": say("pages"), class: "titles", hidden: true });
    this.status = make("p", { role: "status", class: "visually-hidden" });
    view.dom.parentNode.append(this.list, this.status);
    view.titleList = this;
    this.again = () => this.list.hidden || this.place();
    window.visualViewport.addEventListener("resize", this.again);
  }

  update() {
    const { selection } = this.view.state;
    const before = selection.empty ? textBefore(this.view.state, selection.from) : null;
    const found = before === null ? null : OPENED.exec(before);
    if (!found) {
      this.dismissed = null;
      return this.close();
    }
    const start = selection.from - found[0].length;
    if (this.dismissed === start) return undefined;
    Object.assign(this, { start, query: found[1] });
    return this.ask();
  }

  ask() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fetch(this.query), PAUSE);
  }

  async fetch(query) {
    try {
      const answer = await fetch(`${this.url}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } });
      const { pages } = await answer.json();
      if (query === this.query && this.start !== null) this.show(pages.map((page) => page.title));
    } catch {
      this.close(); // without the list one can still write the title by hand
    }
  }

  show(titles) {
    Object.assign(this, { titles, chosen: 0 });
    this.list.replaceChildren(...titles.map((title, index) => this.option(title, index)));
    this.list.hidden = !titles.length;
    this.status.textContent = titles.length ? this.say("pagesFound").replace("{count}", titles.length) : this.say("noPages");
    if (titles.length) this.place();
    this.mark();
  }

  option(title, index) {
    const option = make("li", { role: "option", id: `${this.list.id}-${index}` }, title);
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the text keeps the focus
      this.choose(index);
    });
    return option;
  }

  // Below the words, or above them where a phone's keyboard or the bar of places leaves more room there.
  place() {
    const caret = this.view.coordsAtPos(this.view.state.selection.from);
    const frame = this.list.offsetParent;
    const { top, left } = frame.getBoundingClientRect();
    const [first, last] = freeScreen(caret);
    const [above, below] = [caret.top - first - GAP, last - caret.bottom - GAP];
    this.list.style.maxHeight = "";
    const isBelow = below >= Math.min(this.list.offsetHeight, above);
    this.list.style.maxHeight = `min(15rem, ${Math.max(LEAST, isBelow ? below : above)}px)`;
    const y = isBelow ? caret.bottom + GAP : caret.top - GAP - this.list.offsetHeight;
    this.list.style.top = `${y - top}px`;
    this.list.style.left = `${Math.max(0, Math.min(caret.left - left, frame.clientWidth - this.list.offsetWidth))}px`;
  }

  mark() {
    const { dom } = this.view;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.chosen)));
    if (this.list.hidden) {
      dom.removeAttribute("aria-activedescendant");
      dom.removeAttribute("aria-controls");
      return;
    }
    dom.setAttribute("aria-controls", this.list.id);
    dom.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
    this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (this.list.hidden) return false;
    const { length } = this.titles;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + length) % length;
      this.mark();
    } else if (event.key === "Enter") this.choose(this.chosen);
    else if (event.key === "Escape") {
      this.dismissed = this.start;
      this.close();
    } else return false;
    return true;
  }

  choose(index) {
    const title = this.titles[index];
    put(this.view, this.start, this.view.state.selection.from, title);
    this.close();
    this.view.focus();
  }

  close() {
    clearTimeout(this.waiting);
    Object.assign(this, { start: null, query: null });
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.status.textContent = "";
    this.mark();
  }

  destroy() {
    window.visualViewport.removeEventListener("resize", this.again);
    this.list.remove();
    this.status.remove();
  }
}
