// What was typed into a form, kept on this device under the person's and the form's key until it has been sent or thrown
// away.
const NEVER_KEPT = new Set(["csrfmiddlewaretoken"]);
const MOST = 3; // what was kept and not answered about, newest first

export function wordsIn(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && isKept(form, name)) (fields[name] ??= []).push(value);
  }
  return fields;
}

function isKept(form, name) {
  return !NEVER_KEPT.has(name) && !form.querySelector(`input[type="password"][name="${CSS.escape(name)}"]`);
}

// Whether a reader would see the same words: what stands in hidden fields does not count.
export function looksTheSame(form, some, others) {
  const names = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...names].every((name) => isHidden(form, name) || isDeepEqual(some[name], others[name]));
}

function isHidden(form, name) {
  return form.querySelector(`[name="${CSS.escape(name)}"]`)?.type === "hidden";
}

function isDeepEqual(some = [], others = []) {
  return JSON.stringify(some.filter(Boolean)) === JSON.stringify(others.filter(Boolean));
}

export function fill(form, fields) {
  for (const last of form.querySelectorAll("label:has([data-any])")) offerAsWell(last, fields);
  for (const element of form.elements) {
    if (element.name && element.type !== "file" && isKept(form, element.name)) fillOne(element, fields);
  }
  for (const folded of form.querySelectorAll("details:not([open])")) folded.open = hasWords(folded);
}

// A list that changed meanwhile may lack what was chosen from it; what follows a tab in a value are its words.
function offerAsWell(label, fields) {
  const { name, id } = label.querySelector("[data-any]");
  const [value] = fields[name] ?? [];
  const offered = [...label.closest("form").elements[name]].map((each) => each.value);
  if (!value || offered.includes(value)) return;
  const copy = label.cloneNode(true), choice = copy.querySelector("input");
  Object.assign(choice, { value, id: `${id}_kept` });
  copy.htmlFor = choice.id;
  copy.replaceChildren(choice, ` ${value.split("\t").pop()}`);
  label.after(copy);
}

function hasWords(folded) {
  const isWord = ({ type, checked, value }) => value && (checked || !["checkbox", "radio"].includes(type));
  return [...folded.querySelectorAll("input, textarea, select")].some(isWord);
}

function fillOne(element, fields) {
  const values = fields[element.name] ?? [];
  if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
  else if (element.multiple && element.options) for (const each of element.options) each.selected = values.includes(each.value);
  else if (element.name in fields && element.localName !== "button") setValue(element, values[0]);
}

// The editor over a textarea listens for this: the words in it came from elsewhere.
export function setValue(element, value) {
  element.value = value;
  element.dispatchEvent(new CustomEvent("fieldcraft:filled"));
}

// The mark of the person whom the page was made for: "" for a stranger, undefined where the page does not say.
export function ownMark() {
  return document.getElementById("keep-words")?.dataset.own;
}

// Under whose words are kept: one browser may serve several people, and each is offered only their own.
export function keyOf(form) {
  return [ownMark(), form.dataset.keep].filter(Boolean).join(" ");
}

// A stranger's words go with the window, since whoever comes next cannot be told from them.
function store() {
  return ownMark() === "" ? sessionStorage : localStorage;
}

export function kept(key) {
  try {
    return JSON.parse(store().getItem(key)) ?? [];
  } catch {
    return [];
  }
}

export function keepAll(key, entries) {
  try {
    if (entries.length) store().setItem(key, JSON.stringify(entries.slice(0, MOST)));
    else store().removeItem(key);
  } catch {
    // A full or closed store: leaving still warns, and sending still works.
  }
}
