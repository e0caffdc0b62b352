// Moves an end of the band without a new page: by its buttons, or by the arrow keys while one of them has the focus.
const part = () => document.querySelector("[data-band]");

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!part()?.contains(event.target) || button?.name !== "move") return;
  event.preventDefault();
  move(event.target, button.value);
});

document.addEventListener("keydown", (event) => {
  const end = event.target.closest?.(".band-end");
  const button = end?.querySelector(`[data-arrow="${event.key}"]`);
  if (!button || !part()?.contains(button)) return;
  event.preventDefault();
  button.focus();
  move(button.form, button.value);
});

// One at a time, so that what is shown is what was kept.
let last = Promise.resolve();

function move(form, value) {
  last = last.then(() => sent(form.action, value)).catch(() => plainly(form, value));
}

async function sent(address, value) {
  const body = new FormData(part().querySelector("form"));
  body.set("move", value);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-Fieldcraft-Part": "band" } });
  if (!answer.ok || answer.redirected) throw new Error("not moved");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-band]");
  part().replaceWith(fresh);
  part().querySelector(`[value="${value}"]`)?.focus();
  say(fresh.dataset.said);
}

// What the picture says now, for those who do not see it.
function say(words) {
  let line = document.getElementById("band-said");
  if (!line) {
    line = document.createElement("p");
    line.id = "band-said";
    line.className = "visually-hidden";
    line.setAttribute("role", "status");
    part().after(line);
  }
  line.textContent = words;
}

function plainly(form, value) {
  const here = form.isConnected ? form : part().querySelector("form");
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: "move", value });
  here.append(chosen);
  here.submit();
}
