// What is pasted or dropped: words come in clean, pictures do not come along, and that is said.
import { Fragment, Slice } from "prosemirror-model";
import { cleanPaste, cutAtLinks } from "./clean.js";
import { schema } from "./schema.js";

// tell: shows a sentence above the text, or none.
export function pasting(say, tell) {
  const leftOut = (data) => isFilesAlone(data) && (tell(say("filesLeft")), true);
  return {
    transformPastedHTML(html) {
      if (html.includes("data-pm-slice")) return html;
      const cleaned = cleanPaste(html, `[${say("picture")}]`);
      tell(cleaned.pictures ? say("picturesLeft") : "");
      return cleaned.html;
    },
    clipboardTextParser: pastedText,
    handlePaste: (_view, event) => leftOut(event.clipboardData),
    // Left alone, the browser would open the file in the place of the page.
    handleDrop: (_view, event) => leftOut(event.dataTransfer) && (event.preventDefault(), true),
  };
}

function isFilesAlone(data) {
  return Boolean(data?.files.length) && !data.getData("text/html") && !data.getData("text/plain");
}

// Pasted plain text stays text: an empty line begins a paragraph, a line break stays one. A `[[title]]` is a link.
function pastedText(text) {
  const paragraphs = text.split(/(?:\r\n?|\n){2,}/).map((each) => {
    const lines = each.split(/\r\n?|\n/).flatMap((line, index) => [...(index ? [schema.nodes.hard_break.create()] : []), ...wordsAndLinks(line)]);
    return schema.nodes.paragraph.create(null, lines);
  });
  return Slice.maxOpen(Fragment.from(paragraphs));
}

function wordsAndLinks(line) {
  return cutAtLinks(line).flatMap((part, index) => {
    if (index % 2) return schema.nodes.page_link.create({ inner: part });
    return part ? schema.text(part) : [];
  });
}
