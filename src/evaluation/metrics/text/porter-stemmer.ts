/**
 * The stem of an English word in lower case: Porter, Program 14 (1980) 130, with the extensions of NLTK's `PorterStemmer`, which rouge-score uses.
 * The names of the steps are the paper's.
 */
export function stem(word: string): string {
  const irregular = irregularForms.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  return [step1a, step1b, step1c, step2, step3, step4, step5a, step5b].reduce((text, step) => step(text), word);
}

const irregularForms = new Map([
  ["sky", "sky"], ["skies", "sky"], ["dying", "die"], ["lying", "lie"], ["tying", "tie"], ["news", "news"], ["innings", "inning"], ["inning", "inning"], ["outings", "outing"],
  ["outing", "outing"], ["cannings", "canning"], ["canning", "canning"], ["howe", "howe"], ["proceed", "proceed"], ["exceed", "exceed"], ["succeed", "succeed"],
]);

/** A suffix, what takes its place, and for which rest of the word. The first suffix that fits decides. */
type SuffixRule = readonly [suffix: string, replacement: string, condition?: (rest: string) => boolean];

function apply(word: string, rules: readonly SuffixRule[]): string {
  for (const [suffix, replacement, condition] of rules) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, word.length - suffix.length);
    return !condition || condition(rest) ? rest + replacement : word;
  }
  return word;
}

/** For each letter whether it is a consonant: y is one at the beginning and after a vowel. */
function consonants(word: string): readonly boolean[] {
  const flags: boolean[] = [];
  for (const letter of word) flags.push("aeiou".includes(letter) ? false : letter === "y" ? !(flags.at(-1) ?? false) : true);
  return flags;
}

/** Porter's m: how often a consonant follows a vowel. */
function measure(word: string): number {
  const flags = consonants(word);
  return flags.filter((consonant, index) => consonant && flags[index - 1] === false).length;
}

const hasMeasure = (rest: string): boolean => measure(rest) > 0;
const hasLongMeasure = (rest: string): boolean => measure(rest) > 1;

function endsWithDoubleConsonant(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && consonants(word).at(-1) === true;
}

/** Consonant, vowel, consonant other than w, x, y; or a word of a vowel and a consonant. */
function endsWithShortSyllable(word: string): boolean {
  const [before, vowel, last] = consonants(word).slice(-3);
  if (word.length === 2) return before === false && vowel === true;
  return before === true && vowel === false && last === true && !/[wxy]$/.test(word);
}

function step1a(word: string): string {
  if (word.endsWith("ies") && word.length === 4) return word.slice(0, -1);
  return apply(word, [["sses", "ss"], ["ies", "i"], ["ss", "ss"], ["s", ""]]);
}

function step1b(word: string): string {
  if (word.endsWith("ied")) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith("eed")) return apply(word, [["eed", "ee", hasMeasure]]);
  const suffix = ["ed", "ing"].find((each) => word.endsWith(each) && consonants(word.slice(0, -each.length)).includes(false));
  if (suffix === undefined) return word;
  const rest = word.slice(0, -suffix.length);
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsWithDoubleConsonant(rest)) return /[lsz]$/.test(rest) ? rest : rest.slice(0, -1);
  return measure(rest) === 1 && endsWithShortSyllable(rest) ? `${rest}e` : rest;
}

function step1c(word: string): string {
  return apply(word, [["y", "i", (rest) => rest.length > 1 && consonants(rest).at(-1) === true]]);
}

function step2(word: string): string {
  if (word.endsWith("alli") && hasMeasure(word.slice(0, -4))) return step2(word.slice(0, -2));
  const suffixes = [
    ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["bli", "ble"], ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"],
    ["ization", "ize"], ["ation", "ate"], ["ator", "ate"], ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"], ["iviti", "ive"],
    ["biliti", "ble"], ["fulli", "ful"],
  ] as const;
  // NLTK measures "logi" with its l.
  return apply(word, [...suffixes.map(([suffix, replacement]): SuffixRule => [suffix, replacement, hasMeasure]), ["logi", "log", (rest) => hasMeasure(`${rest}l`)]]);
}

function step3(word: string): string {
  const suffixes = [["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""], ["ness", ""]] as const;
  return apply(word, suffixes.map(([suffix, replacement]): SuffixRule => [suffix, replacement, hasMeasure]));
}

function step4(word: string): string {
  const before = ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"];
  const after = ["ou", "ism", "ate", "iti", "ous", "ive", "ize"];
  const drop = (suffix: string): SuffixRule => [suffix, "", hasLongMeasure];
  return apply(word, [...before.map(drop), ["ion", "", (rest) => hasLongMeasure(rest) && /[st]$/.test(rest)], ...after.map(drop)]);
}

function step5a(word: string): string {
  return apply(word, [["e", "", (rest) => measure(rest) > 1 || (measure(rest) === 1 && !endsWithShortSyllable(rest))]]);
}

function step5b(word: string): string {
  return apply(word, [["ll", "l", (rest) => measure(`${rest}l`) > 1]]);
}
