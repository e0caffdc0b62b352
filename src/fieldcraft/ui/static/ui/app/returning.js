// [data-returning="address"]: words that return in one's own last notes, looked for on this device alone. The notes come
// from that address; what is found is kept nowhere and sent nowhere. Off until it is switched on here.
const SWITCH = "fieldcraft-words-that-return";
const LAST = 8, LEAST = 3, EARLIER = 4; // of the last eight notes at least three, beside at least four earlier ones
const RARELY_BY_CHANCE = 1.28; // one in ten of words that are no more frequent than before would stand out as much
const LONGEST_PHRASE = 3;

// Words that say little by themselves, English and German.
const STOP = new Set(
  `a about above after again against all almost also although always am an and any anything are aren't around as asked at
  away back be because been before began being below between both but by came can can't cannot come comes could couldn't
  day days did didn't do does doesn't doing don't done down during each either else end enough even ever every everything
  few first for from further gave get gets getting give go goes going gone good got had hadn't has hasn't have haven't
  having he he'd he'll he's her here hers herself him himself his how however i i'd i'll i'm i've if in instead into is
  isn't it it's its itself just keep kept know last later least left less let like little long look looked made make many
  may maybe me might mine more morning most much must my myself need never new next no nobody none nor not nothing now of
  off often on once one only onto or other others our ours ourselves out over own part people perhaps person put quite
  rather really right said same saw say says see seem seemed she she'd she's should shouldn't since so some somebody
  someone something sometimes soon still such take tell than that that's the their theirs them themselves then there
  there's these they they'd they'll they're they've thing things think this those though thought three through time times
  to today together told tomorrow too took towards tried try trying two under until up upon us used very visit want wanted
  was wasn't way we we'd we'll we're we've week weeks well went were weren't what when where whether which while who whole
  whom whose why will with within without won't work worked would wouldn't yes yesterday yet you you'd you'll you're
  you've young your yours yourself
  ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bevor
  bin bis bist da dabei dadurch dafür dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf darin
  darüber darum darunter das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn der deren des
  deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer
  eines einfach einige einmal er erst erste es etwas euch euer eure fast für ganz gar gegen geht gemacht gern gesagt ging
  gut hab habe haben hat hatte hatten hätte hätten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
  immer in ins ist ja jede jedem jeden jeder jedes jemand jetzt kam kann kein keine keinem keinen keiner können konnte
  konnten könnte lange lassen machen macht mal man manche mehr mein meine meinem meinen meiner meist mich mir mit möchte
  morgen muss müssen musste nach nachdem neben nein nicht nichts nie niemand noch nun nur ob oben oder oft ohne recht
  sagt sagte schon sehr sei sein seine seinem seinen seiner seit selbst sich sie sind so sogar soll sollen sollte sondern
  sonst tag tage über um und uns unser unsere unserem unseren unserer unter viel viele vielleicht vom von vor wann war
  wäre waren warum was weg weil weiter welche welchem welchen welcher wenig wenn wer werde werden wie wieder will wir
  wird wo woche wohl wollen wollte wurde wurden würde würden zeit zu zum zur zwar zwei zwischen`.split(/\s+/),
);

const KEPT_APART = /[.!?;:,()\n"“”„«»…–—]+/u;

// The words of a text in the order in which they stand, small, in stretches between which no phrase runs.
export function stretches(text) {
  return text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .split(KEPT_APART)
    .map((part) => part.match(/\p{L}[\p{L}\p{M}'-]*/gu) ?? [])
    .filter((words) => words.length);
}

const says = (word) => word.length > 2 && !STOP.has(word);

// Every word and phrase of up to three words that says something, each once; a phrase begins and ends with such a word.
export function phrases(text) {
  const found = new Set();
  for (const words of stretches(text)) {
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from; to < Math.min(words.length, from + LONGEST_PHRASE); to += 1) {
        if (says(words[from]) && says(words[to])) found.add(words.slice(from, to + 1).join(" "));
      }
    }
  }
  return found;
}

// How far a phrase in `now` of `notes` stands out from `before` of `earlier`: the log-odds ratio over its own spread, both
// smoothed by half a note. Source: Haldane (1956) and Anscombe (1956), the estimate with 1/2 added to each count.
export function standsOut(now, notes, before, earlier) {
  const counts = [now, notes - now, before, earlier - before].map((count) => count + 0.5);
  const ratio = Math.log(counts[0] / counts[1]) - Math.log(counts[2] / counts[3]);
  return ratio / Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0));
}

function countIn(notes) {
  const counts = new Map();
  for (const note of notes) for (const phrase of note) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return counts;
}

// A phrase says more than the word in it, as long as it returns as often.
const isPartOf = (one, other) => one !== other && ` ${other.words} `.includes(` ${one.words} `) && other.count >= one.count;

// notes: newest first. → what returns, what stands out most first: [{ words, count, last }]; null with too few to tell.
export function returning(notes) {
  if (notes.length < LAST + EARLIER) return null;
  const sets = notes.map(phrases);
  const last = sets.slice(0, LAST), earlier = sets.slice(LAST);
  const before = countIn(earlier);
  const found = [...countIn(last)]
    .filter(([, count]) => count >= LEAST)
    .map(([words, count]) => ({
      words,
      count,
      last: LAST,
      stands: standsOut(count, LAST, before.get(words) ?? 0, earlier.length),
    }))
    .filter(({ stands }) => stands >= RARELY_BY_CHANCE);
  return found
    .filter((one) => !found.some((other) => isPartOf(one, other)))
    .sort((one, other) => other.stands - one.stands || other.count - one.count || one.words.localeCompare(other.words))
    .map(({ words, count, last: of }) => ({ words, count, last: of }));
}

class Returning {
  constructor(place) {
    this.place = place;
    place.addEventListener("click", (event) => this.act(event.target.closest("[data-act]")?.dataset.act));
    this.draw();
  }

  part(name) {
    return this.place.querySelector(`[data-part=${name}]`);
  }

  show(...names) {
    for (const part of this.place.querySelectorAll("[data-part]")) {
      if (part.dataset.part !== "question") part.hidden = !names.includes(part.dataset.part);
    }
  }

  act(act) {
    if (act === "on") localStorage.setItem(SWITCH, "on");
    if (act === "off") localStorage.removeItem(SWITCH);
    if (act === "on" || act === "off") this.draw();
    if (act === "not-now") this.next();
  }

  draw() {
    if (localStorage.getItem(SWITCH) !== "on") return this.show("off");
    this.show("on", "asking");
    return this.look();
  }

  async look() {
    try {
      const answer = await fetch(this.place.dataset.returning, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      this.found = returning((await answer.json()).notes);
    } catch {
      return this.show("on", "failed");
    }
    return this.found ? this.next() : this.show("on", "few");
  }

  next() {
    const one = this.found.shift();
    if (!one) return this.show("on", "nothing");
    const numbers = this.place.dataset.numbers.split(",");
    const filled = { words: one.words, count: numbers[one.count], last: numbers[one.last] };
    this.part("question").textContent = this.place.dataset.question.replace(/\{(\w+)\}/g, (_all, name) => filled[name]);
    return this.show("on", "found");
  }
}

for (const place of document.querySelectorAll("[data-returning]")) new Returning(place);
