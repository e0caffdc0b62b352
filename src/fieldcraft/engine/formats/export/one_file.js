"use strict";
(() => {
  const form = document.getElementById("search");
  const field = document.getElementById("sought");
  const list = document.getElementById("hits");
  const told = document.getElementById("told");
  const special = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l" };
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøđł]/gu, (sign) => special[sign]);
  const split = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  let pages = null;
  let known = null;
  const read = () => [...document.querySelectorAll("article")].map((article) => ({
    id: article.id,
    title: article.querySelector("h2").textContent,
    name: folded(article.querySelector("h2").textContent),
    text: folded(article.textContent),
  }));
  const found = (words) => pages
    .filter((page) => words.every((word) => page.text.includes(word)))
    .sort((one, other) => words.every((word) => other.name.includes(word)) - words.every((word) => one.name.includes(word)));
  const counted = () => {
    const counts = new Map();
    for (const page of pages) for (const word of split(page.text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  // Letters left out, put in, changed, or two of them swapped: how many such slips lie between the words.
  const slips = (one, other) => {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_none, at) => at);
    for (let row = 1; row <= one.length; row += 1) {
      const now = [row];
      for (let at = 1; at <= other.length; at += 1) {
        const same = one[row - 1] === other[at - 1] ? 0 : 1;
        now[at] = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + same);
        const isSwapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
        if (isSwapped) now[at] = Math.min(now[at], before[at - 2] + 1);
      }
      [before, last] = [last, now];
    }
    return last[other.length];
  };
  const nearest = (word) => {
    const allowed = word.length < 5 ? 1 : 2;
    if (word.length < 3 || pages.some((page) => page.text.includes(word))) return word;
    const near = [...known]
      .filter(([other]) => Math.abs(other.length - word.length) <= allowed && slips(word, other) <= allowed)
      .map(([other, times]) => ({ other, rank: [slips(word, other), other[0] !== word[0], -times] }));
    near.sort((one, two) => one.rank[0] - two.rank[0] || one.rank[1] - two.rank[1] || one.rank[2] - two.rank[2]);
    return near.length ? near[0].other : word;
  };
  const meant = (words) => {
    known ??= counted();
    return words.map(nearest);
  };
  const said = (hits, asked, instead) => {
    if (!asked.length) return "";
    const many = hits.length ? `${hits.length} ${told.dataset.many}` : told.dataset.none;
    return instead ? `${told.dataset.near.replace("%(instead)s", instead.join(" "))} ${many}` : many;
  };
  const show = () => {
    pages ??= read();
    const words = split(folded(field.value));
    let hits = words.length ? found(words) : [];
    let instead = null;
    if (words.length && !hits.length) {
      const other = meant(words);
      hits = found(other);
      if (hits.length) instead = other;
    }
    list.replaceChildren(...hits.slice(0, 100).map((page) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${page.id}`;
      link.textContent = page.title;
      item.append(link);
      return item;
    }));
    told.textContent = said(hits, words, instead);
  };
  form.hidden = false;
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
})();
