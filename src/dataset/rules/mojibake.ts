import { sentence } from "../dialogue.ts";
import { passagesOf } from "../passages.ts";
import { insideString, writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

export const mojibake: RecordRule = {
  id: "mojibake",
  severity: "warning",
  summary: "A text was read in the wrong encoding on its way (\"cafÃ©\", \"donâ€™t\"), or has signs that were lost (\uFFFD).",
  explanation: "UTF-8 that was read as Latin-1 or Windows-1252 shows two or three odd letters for every accent and quotation mark, and the model learns to write them. The suggestion reads them back as UTF-8. What is shown as \uFFFD is lost: export the text again, as UTF-8, from where it came from.",
  source: "https://ftfy.readthedocs.io/en/latest/heuristic.html",
  markers: ["Ã", "Â", "â€", "â\u0080", "â‚¬", "â„¢", "ðŸ", "ð\u009F", "Ð", "\uFFFD"],
  *check(record) {
    for (const { node, text, where } of passagesOf(record)) {
      const runs = [...text.matchAll(misread)].flatMap(({ 0: found, index }) => {
        const meant = readAsUtf8(found);
        return meant === undefined ? [] : [{ found, meant, ...writtenRange(record.text, node, index, index + found.length) }];
      });
      const [first] = runs;
      if (first) {
        const more = runs.length === 1 ? "" : `, and ${runs.length - 1} more such ${runs.length === 2 ? "place" : "places"}`;
        const edits = runs.map(({ start, end, meant }) => ({ start, end, text: insideString(meant) }));
        yield {
          start: first.start, end: first.end,
          message: `${sentence(where)} has "${first.found}", which is "${first.meant}" in UTF-8 read as Windows-1252${more}. Read it as UTF-8 where it comes from.`,
          fixes: [{ title: `Write "${first.meant}"${runs.length === 1 ? "" : " and the like"}`, safe: false, edits }],
        };
      }
      const lost = text.indexOf("\uFFFD");
      if (lost >= 0) yield { ...writtenRange(record.text, node, lost, lost + 1), message: `${sentence(where)} has the sign \uFFFD, which stands for characters that were lost in a conversion. Take the text anew from where it comes from.` };
    }
  },
};

/** The characters of Windows-1252 from 0x80 on that Latin-1 does not have; where it has none, Latin-1's control character stands. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009Dž";

/** A byte behind the first of a character, as either encoding shows it. */
const following = `[\u0080-\u00BF${windows1252}Ÿ]`;

/**
 * Characters of two to four bytes that were read one by one: accents, general punctuation and the signs for euro and trade mark, emoji, and at least
 * two Cyrillic letters. A capital Ã before a closing quotation mark is Portuguese.
 */
const misread = new RegExp([
  "Â[\u00A0-\u00BF]", `Ã(?![‘’“”–—…])${following}`, `(?<!\\p{Lu})Ã[‘’“”–—…]`, `â[€\u0080]${following}`, "â‚¬", "â„¢", `ð[Ÿ\u009F]${following}{2}`, `(?:[ÐÑ]${following}){2,}`,
].map((each) => `(?:${each})`).join("|"), "gu");

/** What the bytes mean as UTF-8; undefined where they are no valid UTF-8, mean a control character, or are as likely what they show. */
function readAsUtf8(text: string): string | undefined {
  // Spanish capitals can stand before such signs too; that they are Cyrillic shows a letter of the other half.
  if (text.startsWith("Ñ") && !text.includes("Ð")) return undefined;
  let meant = "";
  const bytes = [...text].map((character) => {
    const index = windows1252.indexOf(character);
    return character === "Ÿ" ? 0x9f : index >= 0 ? 0x80 + index : character.charCodeAt(0);
  });
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    let code = lead & (0xff >> (length + 1));
    for (let index = 1; index < length; index++) {
      const byte = bytes[at + index];
      if (byte === undefined || byte < 0x80 || byte > 0xbf) return undefined;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < 0xa0 || code > 0x10ffff) return undefined;
    meant += String.fromCodePoint(code);
    at += length;
  }
  return meant;
}
