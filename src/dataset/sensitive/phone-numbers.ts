import { parsePhoneNumberFromString as parsePhoneNumber, type CountryCode } from "libphonenumber-js/min";
import type { Detection, SensitiveKind } from "./detection.ts";

const phone: SensitiveKind = { name: "phone number", placeholder: "PHONE" };

/** What may be a phone number by its signs: digits in groups, perhaps with a plus sign or brackets. */
const candidate = /(?<![\p{L}\p{N}_+/=#@.,:$€£%^*-])(?:\+\d|\(?\d)(?:[\d().\/\u00A0\u2010\u2011 -]{5,19})\d(?![\p{L}\p{N}_/=@%^*]|[.,:-]\d|-\p{L})/gu;

/** Countries whose numbers are known as they are written at home. Numbers of North America are written in three ways, and have a pattern of their own. */
const countries: readonly CountryCode[] = ["GB", "DE", "FR", "NL", "IT", "CH", "AT", "BE", "AU", "JP", "IN"];
const northAmerican = /^(?:1[ .-])?(?:\([2-9]\d\d\) ?[2-9]\d\d[-. ]\d{4}|[2-9]\d\d-[2-9]\d\d-\d{4}|[2-9]\d\d\.[2-9]\d\d\.\d{4}|[2-9]\d\d [2-9]\d\d-\d{4})$/;

/** Words before a number that say that one calls it. */
const cue = /\b(?:phone|telephone|tel|mobile|cell(?:phone)?|fax|whatsapp|sms|call(?:ed|ing)?(?: \w+)?|dial|ring|text(?: \w+)?|reach(?: \w+)?|contact|hotline|handy|telefon|mobil|rufnummer|téléphone|portable|teléfono|telefono|(?:my|your|his|her|their|our) (?:\w+ )?number)\b[^\d\n]{0,20}$/i;

/** Numbers that are kept free for films and examples: 555-0100 to 555-0199 (North American Numbering Plan). */
const fictional = /^\+1\d{3}55501\d\d$/;

/**
 * Phone numbers that the numbering plans know (Google's libphonenumber): international ones, and national ones that are written as their country writes
 * them, or behind a word that says what they are.
 */
export function* phoneNumbersIn(text: string): Generator<Detection> {
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const written = found.replace(/^\((?=\d+$)/, "");
    const digits = written.replace(/\D/g, "");
    if (digits.length < 7 || digits.length > 15 || /^(\d)\1+$/.test(digits) || looksOtherwise(written)) continue;
    if (isPhoneNumber(written, digits, text.slice(Math.max(0, index - 50), index))) yield { index: index + found.length - written.length, length: written.length, kind: phone };
  }
}

function isPhoneNumber(written: string, digits: string, before: string): boolean {
  if (written.startsWith("+")) return isValid(written);
  if (northAmerican.test(written)) return isValid(written, "US");
  const isCued = cue.test(before);
  if (/^1?[2-9]\d\d[2-9]\d{6}$/.test(digits) && isCued) return isValid(written, "US");
  if (!digits.startsWith("0")) return false;
  const groups = written.replace(/[()]/g, "").trim().split(/[ /.\u00A0\u2010\u2011-]+/).join(" ");
  return countries.some((country) => {
    const number = parsePhoneNumber(written, country);
    if (number?.country !== country || !number.isValid()) return false;
    return isCued || (groups.includes(" ") && number.formatNational().replace(/[()]/g, "").split(/[ /.-]+/).join(" ") === groups);
  });
}

function isValid(written: string, country?: CountryCode): boolean {
  const number = parsePhoneNumber(written, country);
  return number !== undefined && number.isValid() && !fictional.test(number.number);
}

/** Dates, ISBN, versions, spans of years, numbers with decimals: what has digits in groups and is called by nobody. */
function looksOtherwise(written: string): boolean {
  return /^\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}/.test(written) || /^\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}/.test(written) || /^97[89][- ]?\d/.test(written) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(written) || /^\d+\.\d+$/.test(written) || /^\d{4} ?[-/] ?\d{4}$/.test(written);
}
