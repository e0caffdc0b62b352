// Sentences in the reader's language, from the JSON that ui/keep.html puts into the page.
export function say(key, filled = {}) {
  const words = JSON.parse(document.getElementById("keep-words")?.textContent ?? "{}");
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
