/** Signs that end whole sentences, lists, code and numbers. */
export const plainEnds = ".!?\"'`)]}:;>*0123456789\u3002\uFF01\uFF1F\u2026\u300D\u300F\uFF09\u3011\uFF1B\uFF1A\u201D\u2019";

/** Whether an answer is short, or ends in one of these signs. */
export function endsPlainly(answer: string): boolean {
  return answer.length <= 200 || plainEnds.includes(answer.slice(-1));
}

/** Words after which no sentence ends. */
const connectives = /(?:^|\s)(?:and|or|but|nor|the|a|an|because|although|whose|their|your|our|my|its|his)$/;
const listItem = /^\s*(?:[-*\u2022+|#>~]|\d+[.)]|[A-Za-z][.)])/;
/** Behind a word of four letters or more, which no abbreviation is. */
const sentenceEnd = /\p{Ll}{4}[.!?]["'\u2019\u201d)\]]?\s+(?=["'\u2018\u201c(]?\p{Lu})/gu;
/** Links, hashtags and markup may end an answer. */
const unpunctuated = /\bhttps?:|www\.|[\w-]\.(?:com|org|net|io|edu|gov)\b|#\w+$|<\/?\w/;

/** Where an answer breaks off, in words; undefined where it ends as it may, or where that cannot be told. */
export function howCut(answer: string): string | undefined {
  const text = answer.trimEnd();
  // What ends plainly must be passed over: of records that are proven clean no more is looked at.
  if (endsPlainly(answer) || endsPlainly(text)) return undefined;
  if (((text.match(/^[ \t]*```/gm)?.length ?? 0) & 1) === 1) return "in a block of code that is never closed";
  if (/^(?:\{\s*"|\[\s*[[{"\d])/.test(text) && !isJson(text)) return "inside a JSON value";
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const words = line.trim().split(/\s+/).length;
  if (words < 5 || unpunctuated.test(line)) return undefined;
  if (!listItem.test(line)) {
    if (text.endsWith(",")) return "after a comma";
    const connective = connectives.exec(line);
    if (connective) return `after the word "${connective[0].trim()}"`;
  }
  return /\p{L}$/u.test(line) && lacksFullStop(line, text) ? "inside a sentence" : undefined;
}

/** Whether the last line ends without the full stop that sentences before it have: those in the line, or most lines of its kind. */
function lacksFullStop(line: string, text: string): boolean {
  const last = [...line.matchAll(sentenceEnd)].at(-1);
  if (last && line.slice(last.index + last[0].length).split(/\s+/).length > 1) return true;
  const others = text.slice(0, text.length - line.length).split("\n").filter((each) => each.trim().length > 40 && listItem.test(each) === listItem.test(line));
  return others.length >= 3 && others.every((each) => /[.!?]["'\u2019\u201d)\]]?\s*$/.test(each));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
