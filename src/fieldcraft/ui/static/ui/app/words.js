// Sentences in the reader's language, from the JSON that ui/keep.html and ui/names_said.html put into the page.
const PLACES = ["keep-words", "names-words"];

export function say(key, filled = {}) {
  const words = Object.assign({}, ...PLACES.map((id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}")));
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => filled[name] ?? "");
}

// An element with words in it; words never become markup.
export function make(tag, attrs = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}
