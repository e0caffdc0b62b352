// [data-look-before]: before something is shared, looks once, on this device only, for what could tell who a person is.
// Nothing is sent, nothing is blocked: a quiet line asks.
import { looksLikeAPerson } from "./names.js";
import { make, say } from "./words.js";

const MOST = 5;

for (const place of document.querySelectorAll("[data-look-before]")) {
  const known = new Set();
  for (let seen = look(place, known); seen && known.size < MOST; seen = look(place, known)) {
    known.add(seen.found);
    place.append(make("p", { class: "name-check", role: "status" }, say(`looksLike_${seen.kind}`, { found: seen.found })));
  }
}

function look(place, known) {
  const words = place.querySelector("article")?.textContent ?? "";
  return looksLikeAPerson(words, known, document.documentElement.lang);
}
