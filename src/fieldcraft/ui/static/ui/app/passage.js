// Words selected in .prose become the passage of a remark or a note: a small bar offers both. The page's own link
// [data-passage-remark] takes the selection along, too, for those who go there by keyboard.
const CONTEXT = 32, LONGEST = 1000, REST = 150, TAP = 400;
const BLOCKS = "p,li,h2,h3,h4,h5,h6,dt,dd,tr,td,th,pre,blockquote,div,section,figure,figcaption,br";
const prose = document.querySelector(".prose");
const links = [...document.querySelectorAll("[data-passage-remark], [data-passage-note]")];
const own = links.find((link) => "passageRemark" in link.dataset);

// As the server reads a text: white space is single, blocks are apart, notes beside the text do not belong to it.
export function wordsOf(range) {
  const part = range.cloneContents();
  for (const note of part.querySelectorAll(".note")) note.remove();
  for (const block of part.querySelectorAll(BLOCKS)) {
    block.before(" ");
    block.after(" ");
  }
  return part.textContent.replace(/\s+/g, " ");
}

function between(startNode, startAt, endNode, endAt) {
  const range = document.createRange();
  range.setStart(startNode, startAt);
  range.setEnd(endNode, endAt);
  return range;
}

// The part of the selection that lies in the text; null when there is none.
function selectedIn(root) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(root)) return null;
  if (!root.contains(range.startContainer)) range.setStart(root, 0);
  if (!root.contains(range.endContainer)) range.setEnd(root, root.childNodes.length);
  const inside = range.commonAncestorContainer;
  return (inside.closest ? inside : inside.parentElement).closest(".note") ? null : range;
}

export function passageIn(root) {
  const range = selectedIn(root);
  const quote = range ? wordsOf(range).trim() : "";
  if (!quote || quote.length > LONGEST) return null;
  const before = wordsOf(between(root, 0, range.startContainer, range.startOffset)).trimStart();
  const after = wordsOf(between(range.endContainer, range.endOffset, root, root.childNodes.length));
  return { quote, prefix: before.slice(-CONTEXT), suffix: after.slice(0, CONTEXT), position: before.length };
}

function withPassage(address, passage) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(passage ?? {})) url.searchParams.set(name, value);
  return url.href;
}

function makeBar() {
  const bar = document.createElement("div");
  bar.className = "banner row no-print";
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", own.dataset.passageBar);
  Object.assign(bar.style, { position: "fixed", insetInline: "1rem", bottom: "4.2rem", zIndex: 6, margin: "0 auto" });
  for (const link of links) {
    const copy = document.createElement("a");
    copy.className = "button-second";
    copy.textContent = link.dataset.passageLabel;
    copy.style.margin = 0;
    bar.append(copy);
  }
  return bar;
}

function start() {
  const bar = makeBar();
  const label = own.querySelector("span"), words = label.textContent;
  const plain = links.map((link) => link.href);
  let timer = 0, isTapped = false;

  function draw() {
    if (isTapped) return;
    const passage = passageIn(prose);
    label.textContent = passage ? own.dataset.passageLabel : words;
    own.href = withPassage(plain[links.indexOf(own)], passage);
    if (!passage) return bar.remove();
    [...bar.children].forEach((copy, at) => { copy.href = withPassage(plain[at], passage); });
    if (!bar.isConnected) prose.after(bar);
  }

  // A tap on a link ends the selection before it follows the link; until then it keeps what was selected.
  for (const place of [bar, own]) {
    place.addEventListener("pointerdown", () => {
      isTapped = true;
      setTimeout(() => { isTapped = false; draw(); }, TAP);
    });
  }
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, REST);
  });
  document.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape" && bar.isConnected) {
      if (bar.contains(document.activeElement)) own.focus();
      document.getSelection().removeAllRanges();
    }
  });
}

if (prose && own) start();
