// Arranges the picture of a theory: its boxes can be dragged, or moved by the arrow keys while one of them has the focus.
const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const whole = () => document.querySelector("[data-moving]");

function prepare() {
  const svg = whole()?.querySelector(".causal-drawing");
  if (!svg || !whole().dataset.moving) return;
  svg.setAttribute("role", "group"); // an image has no parts to go to
  svg.setAttribute("aria-label", whole().dataset.whole);
  svg.removeAttribute("aria-labelledby");
  for (const box of svg.querySelectorAll("[data-box]")) {
    const title = box.querySelector("title"); // its words go into the label, where they are read once
    const name = title.textContent;
    title.remove();
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
    box.setAttribute("aria-label", whole().dataset.each.replace("{name}", name));
  }
}

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-box]");
  if (!box || !WAYS[event.key] || !whole()?.contains(box)) return;
  event.preventDefault();
  move(box.dataset.box, { move: WAYS[event.key] });
});

let dragged = null;

document.addEventListener("pointerdown", (event) => {
  const box = event.target.closest?.("[data-box][tabindex]");
  if (!box || event.button) return;
  const frame = box.querySelector("rect");
  dragged = { box, from: place(event, box), middle: middle(frame), to: null };
  box.setPointerCapture(event.pointerId);
  box.classList.add("causal-moving");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const now = place(event, dragged.box);
  dragged.to = { x: now.x - dragged.from.x, y: now.y - dragged.from.y };
  dragged.box.setAttribute("transform", `translate(${dragged.to.x} ${dragged.to.y})`);
});

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

function drop(event) {
  if (!dragged) return;
  const { box, middle: start, to } = dragged;
  dragged = null;
  box.classList.remove("causal-moving");
  box.releasePointerCapture(event.pointerId);
  if (event.type === "pointercancel") return box.removeAttribute("transform");
  if (!to || Math.hypot(to.x, to.y) < 4) return box.removeAttribute("transform");
  const size = box.ownerSVGElement.viewBox.baseVal;
  move(box.dataset.box, { x: (start.x + to.x) / size.width, y: (start.y + to.y) / size.height });
}

// Where the pointer is, in the picture's own units.
function place(event, box) {
  const svg = box.ownerSVGElement;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x: at.x, y: at.y };
}

function middle(frame) {
  const number = (name) => Number(frame.getAttribute(name));
  return { x: number("x") + number("width") / 2, y: number("y") + number("height") / 2 };
}

// One at a time, so that what is shown is what was kept.
let last = Promise.resolve();

function move(box, values) {
  last = last.then(() => sent(box, values)).catch(() => window.location.reload());
}

async function sent(box, values) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", whole().querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("box", box);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const answer = await fetch(whole().dataset.moving, { method: "POST", body, headers: { "X-Fieldcraft-Part": "picture" } });
  if (!answer.ok || answer.redirected) throw new Error("not moved");
  const aside = whole().querySelector(".causal-frame").scrollLeft;
  const isOpen = whole().querySelector("details.no-print")?.open;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-moving]");
  whole().replaceWith(fresh);
  prepare();
  whole().querySelector(".causal-frame").scrollLeft = aside;
  whole().querySelector("details.no-print").open = isOpen;
  whole().querySelector(`[data-box="${CSS.escape(box)}"]`)?.focus({ preventScroll: true });
  say(fresh.dataset.said);
}

// What the picture says now, for those who do not see it.
function say(words) {
  let line = document.getElementById("moving-said");
  if (!line) {
    line = document.createElement("p");
    line.id = "moving-said";
    line.className = "visually-hidden";
    line.setAttribute("role", "status");
    whole().after(line);
  }
  line.textContent = words;
}

prepare();
