// The server's Markdown (ui/markdown.py), in the browser: what one reads as a link, the other does too.
import MarkdownIt from "markdown-it";
import definitions from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";

const LONGEST_LINK = 600;
const LIQUID = /(?:\[[^\]\n]*\]\()?\{%[^\n]*?%\}(?:[^\s)]*\))?/y;
const TASK = /^\[[ xX]\] /;

export const grammar = new MarkdownIt("commonmark", { html: true, linkify: false, typographer: false });
grammar.enable(["table", "strikethrough"]);
grammar.use(footnotes).use(definitions);
grammar.core.ruler.disable("footnote_tail"); // a footnote stays where it is written
grammar.inline.ruler.before("link", "page_link", pageLink);
grammar.inline.ruler.before("link", "liquid", liquid);
grammar.core.ruler.after("inline", "tasks", tasks);
giveFootnotesTheirLines();
for (const type of ["page_link", "as_written", "footnote_ref"]) {
  grammar.renderer.rules[type] = (tokens, index) => `<code>${escaped(type, tokens[index])}</code>`;
}
grammar.renderer.rules.footnote_reference_open = (tokens, index) => `<p>[^${grammar.utils.escapeHtml(tokens[index].meta.label)}]:</p>`;
grammar.renderer.rules.footnote_reference_close = () => "";

function escaped(type, token) {
  return grammar.utils.escapeHtml(type === "footnote_ref" ? `[^${token.meta.label}]` : token.content);
}

function pageLink(state, silent) {
  if (!state.src.startsWith("[[", state.pos)) return false;
  const end = state.src.indexOf("]]", state.pos + 2);
  const inner = end > 0 && end + 2 <= state.pos + LONGEST_LINK ? state.src.slice(state.pos + 2, end) : "";
  if (!inner.trim() || inner.includes("\n") || inner.includes("[[")) return false;
  if (!silent) state.push("page_link", "", 0).content = inner;
  state.pos = end + 2;
  return true;
}

// `{% page "…" %}`, alone or as a link's address: the server fills it in before it reads the rest.
function liquid(state, silent) {
  LIQUID.lastIndex = state.pos;
  const found = LIQUID.exec(state.src);
  if (!found) return false;
  if (!silent) state.push("as_written", "", 0).content = found[0];
  state.pos += found[0].length;
  return true;
}

function tasks(state) {
  const { tokens } = state;
  tokens.forEach((token, index) => {
    const isFirst = token.type === "inline" && tokens[index - 2]?.type === "list_item_open";
    if (!isFirst || !TASK.test(token.content) || token.children[0]?.type !== "text") return;
    const box = new state.Token("as_written", "", 0);
    box.content = token.content.slice(0, 3);
    token.children[0].content = token.children[0].content.slice(3);
    token.children.unshift(box);
  });
}

// The plugin forgets which lines a footnote takes, and the cutter must know.
function giveFootnotesTheirLines() {
  const rule = grammar.block.ruler.__rules__.find((each) => each.name === "footnote_def");
  const { fn } = rule;
  const withLines = (state, first, end, silent) => {
    const at = state.tokens.length;
    if (!fn(state, first, end, silent)) return false;
    if (!silent) state.tokens[at].map = [first, state.line];
    return true;
  };
  grammar.block.ruler.at("footnote_def", withLines, { alt: rule.alt });
}

// What a part of the text needs to know of the whole: where its links and footnotes lead.
export function surroundings(env) {
  const refs = Object.fromEntries(Object.keys(env.footnotes?.refs ?? {}).map((label) => [label, -1]));
  return { references: env.references ?? {}, footnotes: { refs } };
}
