// What the editor says, in the reader's language: ui/editor.html holds the sentences.
export function wordsOf(page = document) {
  const words = JSON.parse(page.getElementById("editor-words")?.textContent ?? "{}");
  return (key) => words[key] ?? key;
}
