// What in a text could tell who a person is. It guesses: it is asked about, never refused.
const DAYS =
  "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|" +
  "October|November|December|Christmas|Easter";
const EVERYDAY =
  "A|An|The|This|That|These|Those|When|While|If|As|At|In|On|By|For|From|With|Without|After|Before|Until|Since|Because|And|" +
  "But|Or|So|Then|Now|Once|Each|Every|Some|Many|Most|All|Both|Our|Your|My|His|Her|Its|Their|We|You|He|She|They|It|Is|Are|" +
  "Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|May|Might|Must|Should|Will|Would|Not|No|Yes|Ask|Call|Tell|See|Read|Use|Say|" +
  "Write|Let|Try|What|Who|How|Why|Where|Which|Dear|Hello|Thank|Thanks|Last|Next|Early|Late|Yesterday|Today|Tomorrow";
// Who they are for each other, or at work: with a capital these still name nobody.
const ANYBODY =
  "Everyone|Everybody|Someone|Somebody|Nobody|Anyone|Anybody|One|Another|Staff|Police|People|Children|Mum|Mom|Dad|Mother|" +
  "Father|Gran|Nan|Sister|Brother|Management|Nothing|Something|Everything";
const DONE_TO = "Rang|Ring|Phoned|Phone|Called|Texted|Emailed|Met|Saw|Visited|Asked|Told|Helped|Joined";
const BEFORE_A_NAME =
  "rang|ring|phoned|phone|called|texted|emailed|met|saw|visited|asked|told|helped|joined|supported|drove|collected|son|" +
  "daughter|brother|sister|mother|father|mum|mom|dad|gran|nan|grandson|granddaughter|client|boy|girl|lad|named";
const BEFORE_A_NAME_IN_GERMAN =
  "Sohn|Tochter|Bruder|Schwester|Mutter|Vater|Oma|Opa|Enkel|Enkelin|Klient|Klientin|Patient|Patientin|heißt|namens";
const AFTER_A_NAME =
  "said|says|told|came|comes|rang|phoned|texted|asked|wanted|wants|went|left|cried|laughed|stayed|answered|agreed|refused|lives|was";

const OPENING = "[\"“‘'(*_]{0,3}", CLOSING = "[\"”’')*_]{0,3}";
const NAME = "\\p{Lu}(?:['’]\\p{Lu})?\\p{Ll}[\\p{Ll}'’]*(?:-\\p{L}[\\p{Ll}'’]*)*";
const NO_DAY = `(?!(?:${DAYS})\\b)`;
const NO_EVERYDAY = `(?!(?:${EVERYDAY}|${ANYBODY}|${DAYS})\\b)`;
const BEGINNING = `^(?:[-*>] |\\d+\\. )?|[.!?…]["”’)]? `;
const WITHIN = `[\\p{Ll}\\d,;:–—][ \n]`;
const GOES_ON = `(?=${CLOSING} \\p{Ll})`;
const name = (pattern) => ["name", new RegExp(pattern, "gmu")];

const ANYWHERE = [
  ["email", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ["birth", /\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b/gu],
  ["phone", /(?<![\w/.-])(?:\+\d{1,3}[ -]?)?(?:\(0\d*\)|0)?\d[\d ()/-]{6,}\d(?![\w-])/gu],
  name(`\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Herr|Frau)\\.? ${NAME}(?: ${NAME})?`),
];
const IN_GERMAN = [name(`(?<=(?:^|[^\\p{L}])(?:${BEFORE_A_NAME_IN_GERMAN})[ \n]${OPENING})${NAME}(?: ${NAME}(?=[^\\p{L}]|$))?`)];
const IN_ENGLISH = [
  // Two capitalised words in a row, not at a sentence's beginning. German writes every noun so: there it would say nothing.
  name(`(?<=${WITHIN}${OPENING})${NO_DAY}${NAME}[ \n]${NO_DAY}${NAME}`),
  // At a sentence's beginning the first word would be capitalised anyway: there only where small letters go on, and where
  // the two are no everyday words. A heading says nothing, since its capitals tell nothing.
  name(`(?<=(?:${BEGINNING})${OPENING})(?!(?:${EVERYDAY}|${DONE_TO}|${DAYS}) )${NAME} ${NO_DAY}${NAME}${GOES_ON}`),
  // One alone, where the words around it tell that it is somebody: “Rang Sarah on …”, “my son Jayden”, “when Sam came”.
  name(`(?<=(?:${BEGINNING})(?:${DONE_TO}) )${NO_DAY}${NAME}${GOES_ON}`),
  name(`(?<=\\b(?:${BEFORE_A_NAME})[ \n]${OPENING})${NO_EVERYDAY}${NAME}`),
  name(`(?<=${WITHIN}${OPENING})${NO_EVERYDAY}${NAME}(?=${CLOSING}[ \n](?:${AFTER_A_NAME})\\b)`),
  name(`(?<=(?:${BEGINNING})${OPENING})${NO_EVERYDAY}${NAME}(?<!s)(?=${CLOSING} (?:said|told|rang|phoned|texted|wanted|cried)\\b)`),
];
const NOT_WORDS = /\[\[.*?\]\]|\]\([^)]*\)|`[^`\n]*`|<[^>\n]*>|https?:\S+/g;

// The first thing in the text that looks like personal data and is not among those `known`.
export function looksLikeAPerson(text, known, language = "en") {
  const words = text.replace(NOT_WORDS, (found) => "\n".repeat(found.length));
  for (const [kind, pattern] of [...ANYWHERE, ...(language.startsWith("de") ? IN_GERMAN : IN_ENGLISH)]) {
    for (const [found] of words.matchAll(pattern)) {
      if (!known.has(found) && isLikely(kind, found)) return { kind, found };
    }
  }
  return null;
}

function isLikely(kind, found) {
  return kind !== "phone" || (found.match(/\d/g).length >= 8 && !/^(?:19|20)\d{2}\D+(?:19|20)\d{2}$/.test(found));
}
