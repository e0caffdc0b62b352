// Sends a form and says what became of it; a form that could not be sent stays on the screen with its words.
import { ownMark } from "./kept_words.js";

const SIGN_IN = "/account/login";
const ANSWERS = new Set([400, 409, 422, 429]);
const SOMEBODY_ELSE = 412; // is signed in than the page was made for
const HIDDEN_FROM_STRANGERS = new Set([401, 403, 404]);
const FIRST_TO_READ = [".error-summary", "[role=alert]", ".compare-view", ".banner"];
const PATIENCE = 60_000;

// → { is: "sent", to } | { is: "answered", html } | { is: "signedOut", to } | { is: "unsent" } | { is: "refused" }
//   | { is: "somebodyElse" } | { is: "somebodyThere" }
export async function send(form, submitter) {
  takeToken(form);
  const to = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  const body = new FormData(form, submitter);
  try {
    // The header asks the server for the address only (204 and Location), so that its message waits for the next page.
    const headers = { "X-Fieldcraft-Keep": "1", ...madeFor() };
    const signal = AbortSignal.timeout(PATIENCE);
    const url = new URL(to, location.href);
    return await outcome(await fetch(url, { method: "POST", body, headers, signal }));
  } catch {
    return { is: "unsent" };
  }
}

async function outcome(answer) {
  const named = answer.status === 204 && answer.headers.get("Location");
  const to = new URL(named || answer.url, location.href);
  if (to.pathname.startsWith(SIGN_IN)) return { is: "signedOut", to: to.href };
  if (answer.status === SOMEBODY_ELSE) return { is: ownMark() ? "somebodyElse" : "somebodyThere" };
  if (answer.status >= 500) return { is: "unsent" };
  if (ANSWERS.has(answer.status) || isPageInPlace(answer)) return { is: "answered", html: await answer.text() };
  if (HIDDEN_FROM_STRANGERS.has(answer.status) && (await isSignedOut())) return { is: "signedOut", to: `${SIGN_IN}/` };
  return answer.ok ? { is: "sent", to: to.href } : { is: "refused" };
}

// Who is signed in is led away from the sign-in page; who is shown it is not.
async function isSignedOut() {
  const answer = await fetch(`${SIGN_IN}/`);
  return answer.ok && new URL(answer.url).pathname.startsWith(SIGN_IN);
}

// A page that came without leading elsewhere (a comparison before sending): the words are not sent yet.
function isPageInPlace(answer) {
  return answer.status === 200 && !answer.redirected;
}

// For whom the page was made: the words on it are not sent in the name of anybody else.
function madeFor() {
  const mark = ownMark();
  return mark === undefined ? {} : { "X-Fieldcraft-Own": mark || "nobody" };
}

// Signing in anew, perhaps in another window, changes the token; the cookie always has the present one.
function takeToken(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  const cookie = /(?:^|;\s*)(?:__Host-)?csrf=([^;]+)/.exec(document.cookie);
  if (field && cookie) field.value = cookie[1];
}

export function showAnswer(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!main) return false;
  document.querySelector("main").replaceWith(main);
  main.dispatchEvent(new CustomEvent("fieldcraft:replaced", { bubbles: true }));
  if (main.contains(document.activeElement)) return true; // a script has gone to where one writes on
  const first = FIRST_TO_READ.map((each) => main.querySelector(each)).find(Boolean) ?? main;
  first.tabIndex = -1;
  first.focus();
  return true;
}

export function goTo(address) {
  const to = new URL(address, location.href);
  const isHere = to.href.split("#")[0] === location.href.split("#")[0];
  location.assign(to);
  if (isHere && to.hash) location.reload();
}
