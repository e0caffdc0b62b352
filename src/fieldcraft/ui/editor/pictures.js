// A picture that was added to the manual is shown as a picture, with a line for what it shows; what leads elsewhere stays
// as it is written.
import { make } from "./dom.js";

const PICTURE = /^!\[((?:\\.|[^\]\\])*)\]\(<?\/(files\/[^)>\s]+)>?\)$/;
const SIGNS = /[\\`*_[\]<>&~^{}|!]/g;

export const pictureView = (filesUrl, say) => (node, view, getPos) => {
  if (filesUrl && PICTURE.test(node.attrs.source)) return new Picture(node, { filesUrl, say, view, getPos });
  return { dom: make("span", { class: "as-written", "data-source": node.attrs.source }, node.attrs.source) };
};

class Picture {
  constructor(node, around) {
    Object.assign(this, around);
    this.image = make("img", {});
    this.box = make("input", { type: "text", autocomplete: "off" });
    const label = make("label", {}, this.say("pictureShows"), this.box);
    this.dom = make("span", { class: "picture", contenteditable: "false" }, this.image, label);
    this.box.addEventListener("input", (event) => (event.stopPropagation(), this.put()));
    this.box.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.view.focus()));
    this.update(node);
  }

  put() {
    const words = this.box.value.replace(/\s+/g, " ").replace(SIGNS, "\\$&");
    const source = this.source.replace(PICTURE, (_all, _words, path) => `![${words}](/${path})`);
    this.view.dispatch(this.view.state.tr.setNodeMarkup(this.getPos(), null, { source }));
  }

  update(node) {
    const [, words, path] = PICTURE.exec(node.attrs.source ?? "") ?? [];
    if (path === undefined || (this.path && path !== this.path)) return false;
    Object.assign(this, { path, source: node.attrs.source });
    const shown = words.replace(/\\([!-/:-@[-`{-~])/g, "$1");
    this.image.src = this.filesUrl + path;
    this.image.alt = shown;
    if (document.activeElement !== this.box) this.box.value = shown;
    return true;
  }

  stopEvent(event) {
    return event.target === this.box;
  }

  ignoreMutation() {
    return true;
  }
}
