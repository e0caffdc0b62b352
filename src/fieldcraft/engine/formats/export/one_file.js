"use strict";
(() => {
  const form = document.getElementById("search");
  const field = document.getElementById("sought");
  const list = document.getElementById("hits");
  const told = document.getElementById("told");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let pages = null;
  const read = () => [...document.querySelectorAll("article")].map((article) => ({
    id: article.id,
    title: article.querySelector("h2").textContent,
    name: folded(article.querySelector("h2").textContent),
    text: folded(article.textContent),
  }));
  const found = (words) => pages
    .filter((page) => words.every((word) => page.text.includes(word)))
    .sort((one, other) => words.every((word) => other.name.includes(word)) - words.every((word) => one.name.includes(word)));
  const show = () => {
    pages ??= read();
    const words = folded(field.value).split(/\s+/u).filter(Boolean);
    const hits = words.length ? found(words) : [];
    list.replaceChildren(...hits.slice(0, 100).map((page) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${page.id}`;
      link.textContent = page.title;
      item.append(link);
      return item;
    }));
    told.textContent = words.length ? (hits.length ? `${hits.length} ${told.dataset.many}` : told.dataset.none) : "";
  };
  form.hidden = false;
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
})();
