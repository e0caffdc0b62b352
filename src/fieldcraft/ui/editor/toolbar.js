// A row of words above the text: Tab enters and leaves it, arrow keys go along it.
import { bold, hasMark, heading, isIn, italic, link, linkAt, list, quote, redo, startPageLink, undo } from "./commands.js";
import { make } from "./dom.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const isHeading = (level) => (state) => isIn(state, nodes.heading, (node) => node.attrs.level === level);
const ACTIONS = [
  ["heading", heading(2), isHeading(2)],
  ["smallHeading", heading(3), isHeading(3)],
  ["bold", bold, (state) => hasMark(state, marks.strong)],
  ["italic", italic, (state) => hasMark(state, marks.em)],
  ["list", list(nodes.bullet_list), (state) => isIn(state, nodes.bullet_list)],
  ["numbers", list(nodes.ordered_list), (state) => isIn(state, nodes.ordered_list)],
  ["quote", quote, (state) => isIn(state, nodes.blockquote)],
  ["pageLink", startPageLink, null],
  ["link", null, (state) => Boolean(linkAt(state))],
  ["undo", undo, null],
  ["redo", redo, null],
];

export class Toolbar {
  constructor({ say, textId, asText }) {
    this.say = say;
    this.buttons = ACTIONS.map(([name, run, isOn]) => ({ name, run, isOn, dom: this.button(name, isOn) }));
    const last = make("button", { type: "button", tabindex: "-1", click: asText }, say("asText"));
    this.dom = make("div", { role: "toolbar", class: "tools", "aria-label": say("tools"), "aria-controls": textId });
    this.dom.append(...this.buttons.map((each) => each.dom), last);
    this.dom.firstChild.tabIndex = 0;
    this.dom.addEventListener("keydown", (event) => this.onKey(event));
    this.dom.addEventListener("focusin", (event) => this.rove(event.target));
    this.dom.addEventListener("scroll", () => this.showMore());
    new ResizeObserver(() => this.showMore()).observe(this.dom);
  }

  button(name, isOn) {
    const press = () => this.press(name);
    return make("button", { type: "button", tabindex: "-1", "aria-pressed": isOn ? "false" : null, click: press }, this.say(name));
  }

  attach(view) {
    this.view = view;
    this.update();
  }

  press(name) {
    if (name === "link") return this.askAddress();
    const { run } = this.buttons.find((each) => each.name === name);
    run(this.view.state, this.view.dispatch);
    return this.view.focus();
  }

  update() {
    for (const { isOn, run, dom, name } of this.buttons) {
      if (isOn) dom.setAttribute("aria-pressed", String(isOn(this.view.state)));
      if (name === "undo" || name === "redo") dom.setAttribute("aria-disabled", String(!run(this.view.state)));
    }
  }

  // On a phone the row is longer than the screen: at its ends a sign says that it goes on.
  showMore() {
    const { scrollLeft, scrollWidth, clientWidth } = this.dom;
    this.dom.classList.toggle("tools-before", scrollLeft > 4);
    this.dom.classList.toggle("tools-after", scrollLeft + clientWidth < scrollWidth - 4);
  }

  rove(target) {
    for (const each of this.dom.children) each.tabIndex = each === target ? 0 : -1;
  }

  onKey(event) {
    const all = [...this.dom.children];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  }

  askAddress() {
    this.form?.remove();
    const box = make("input", { type: "text", inputmode: "url", "aria-label": this.say("address"), placeholder: "https://" });
    const done = () => this.useAddress(box.value.trim());
    box.value = linkAt(this.view.state)?.attrs.href ?? "";
    box.addEventListener("input", (event) => event.stopPropagation());
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done();
      if (event.key === "Escape") this.closeForm();
      if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
    });
    this.form = make(
      "div",
      { class: "address", role: "group", "aria-label": this.say("link") },
      box,
      make("button", { type: "button", class: "button-second", click: done }, this.say("useIt")),
      make("button", { type: "button", class: "link-button", click: () => this.closeForm() }, this.say("leaveIt")),
    );
    this.dom.after(this.form);
    box.focus();
  }

  useAddress(address) {
    const isBare = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(address);
    const isOpen = isBare || /^(?:https?:|mailto:|tel:|\/|#)/i.test(address) || !address.includes(":");
    if (isOpen) link(isBare ? `https://${address}` : address)(this.view.state, this.view.dispatch);
    this.closeForm();
  }

  closeForm() {
    this.form?.remove();
    this.form = null;
    this.view.focus();
  }
}
