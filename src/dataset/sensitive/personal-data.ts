import type { Search } from "../rules/rule.ts";
import { ibanLength, isIban, passesLuhn } from "./checksums.ts";
import { finds, showEnd, type Detection, type Detector, type SensitiveKind } from "./detection.ts";
import { phoneNumbersIn } from "./phone-numbers.ts";

const email: SensitiveKind = { name: "e-mail address", placeholder: "EMAIL" };
const iban: SensitiveKind = { name: "IBAN", placeholder: "IBAN", show: showEnd };
const card: SensitiveKind = { name: "number of a payment card", placeholder: "CARD", show: showEnd };
const socialSecurity: SensitiveKind = { name: "US social security number", placeholder: "SSN", show: showEnd };
const address: SensitiveKind = { name: "public IP address", placeholder: "IP" };

/** What is personal; a detector before another is right where they overlap. */
export const personalDataDetectors: readonly Detector[] = [emailsIn, ibansIn, cardsIn, socialSecurityNumbersIn, addressesIn, phoneNumbersIn];

/** What a line of JSON has that could hold any of it; where it says no, no detector finds anything. */
export const personalDataSearch: Search = { suspects: (line) => sign.test(line), finds: (text) => finds(text, personalDataDetectors), of: "numbers", signs: [] };

/** Escapes of ASCII, of dashes and of slashes may hide any of it. */
const sign = /@|\d[\d ().\/\u00A0\u2010\u2011-]{5,}\d|[A-Z]{2}\d\d(?:[ -]?[A-Z\d]){11}|\\u(?:00|201)|\\\//;

const emailPattern = /(?<![\p{L}\p{N}._%+@-])[\p{L}\p{N}_](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}(?![\p{L}\p{N}@]|-\p{L})/gu;
/** Domains that are set aside for examples (RFC 2606), and those that people write when they need one. */
const placeholderDomain = /(?:^|[.-])(?:example[\w-]*(?:\.\w+){0,2}|\w+\.(?:example|test|invalid|localhost|local)|(?:your|my|the)[\w-]*\.\w+|(?:domain|company|email|test|website|site|sample|placeholder|some\w*|foo|bar|abc|xyz|server|host|organi[sz]ation|provider|business)\.(?:com|org|net|io|co|edu))$/i;
const placeholderName = /^(?:no-?reply|do-?not-?reply|git|your[\w.-]*|x{2,}|user-?name|e-?mail)$/i;
/** Endings of files and of code, which no domain of people has. */
const otherEnding = /\.(?:png|jpe?g|gif|svg|webp|pdf|jsx?|tsx?|css|html?|json|ya?ml|xml|txt|md|py|rb|java|php|sh|exe|zip|service|target)$/i;

function* emailsIn(text: string): Generator<Detection> {
  if (!text.includes("@")) return;
  for (const { 0: found, index } of text.matchAll(emailPattern)) {
    const at = found.lastIndexOf("@");
    const domain = found.slice(at + 1);
    if (placeholderDomain.test(domain) || otherEnding.test(domain) || placeholderName.test(found.slice(0, at))) continue;
    // Who logs in is part of an address of a server; its password, if there is any, is a secret.
    if (/:\/\/[^\s/]*$/.test(text.slice(Math.max(0, index - 200), index))) continue;
    yield { index, length: found.length, kind: email };
  }
}

function* ibansIn(text: string): Generator<Detection> {
  for (const { 0: found, index } of text.matchAll(/(?<![A-Za-z\d])[A-Z]{2}\d\d(?:[ -]?[A-Z\d]){11,29}/g)) {
    const length = ibanLength(found);
    if (length === undefined) continue;
    let written = 0;
    for (let count = 0; written < found.length && count < length; written++) if (!" -".includes(found[written] ?? "")) count++;
    const value = found.slice(0, written);
    if (/[A-Za-z\d]/.test(text[index + written] ?? "") || !isIban(value.replace(/[ -]/g, ""))) continue;
    yield { index, length: written, kind: iban };
  }
}

/** How the numbers of the networks begin, by how many digits they have (ISO/IEC 7812, as the networks publish them). */
const cardPattern = /^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;

function* cardsIn(text: string): Generator<Detection> {
  for (const { 0: found, index } of text.matchAll(/(?<![\p{L}\p{N}_.,-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}_]|[-.,]\d)/gu)) {
    const digits = found.replace(/\D/g, "");
    // Seventeen noughts pass any checksum.
    if (cardPattern.test(digits) && passesLuhn(digits) && new Set(digits).size > 1 && new Set(found.replace(/\d/g, "")).size < 2) yield { index, length: found.length, kind: card };
  }
}

/** Numbers that were printed in advertisements, and are nobody's (Social Security Administration, "Misused SSNs"). */
const printedNumbers = ["078-05-1120", "219-09-9999"];

function* socialSecurityNumbersIn(text: string): Generator<Detection> {
  for (const { 0: found, index } of text.matchAll(/(?<![\p{L}\p{N}_.,+-]|\d )(?!000|666|9)\d{3}([- ])(?!00)\d\d\1(?!0000)\d{4}(?![\p{L}\p{N}_]|[-.,]\d| \d)/gu)) {
    const isNamed = /\b(?:ssn|social security)\b[^\n]{0,30}$/i.test(text.slice(Math.max(0, index - 60), index));
    if ((found[3] === "-" || isNamed) && !printedNumbers.includes(found.replaceAll(" ", "-"))) yield { index, length: found.length, kind: socialSecurity };
  }
}

function* addressesIn(text: string): Generator<Detection> {
  for (const { 0: found, index } of text.matchAll(/(?<![\p{L}\p{N}_.-])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}])/gu)) {
    const parts = found.split(".");
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith("0"))) || !isPublic(parts.map(Number))) continue;
    const before = text.slice(Math.max(0, index - 40), index);
    if (/\b(?:v|version|release|build|firmware|driver|section|chapter|clause|article|chrome|edge|opera|assembly|package|rev|oid|update|upgrade(?:d)?)\b[^\n\d]{0,12}$/i.test(before) || /[\w)]\s?\/$/.test(before)) continue;
    // Numbers of one digit each are those of sections and versions, unless they are called an address.
    if (parts.every((part) => part.length === 1) && new Set(parts).size > 1 && !/\b(?:ip|ipv4|address|host|server|ping|dns)\b[^\n]{0,25}$/i.test(before)) continue;
    yield { index, length: found.length, kind: address };
  }
}

/** Whether an IPv4 address is one that the Internet routes to somebody (IANA's special-purpose registry, RFC 6890; multicast). */
function isPublic([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100) return b < 64 || b > 127;
  if (a === 169) return b !== 254;
  if (a === 172) return b < 16 || b > 31;
  if (a === 192) return !(b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99));
  if (a === 198) return !(b === 18 || b === 19 || (b === 51 && c === 100));
  return !(a === 203 && b === 0 && c === 113);
}
