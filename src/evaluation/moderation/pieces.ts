/** Moderation models look at a limited number of tokens, and judge short texts better than long ones; so many UTF-16 units are within any of these limits in any language. */
const longest = 8000;

/** A text in pieces that a moderation model takes, cut where white space stands if there is any, and never within a character. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > longest) {
    const piece = text.slice(start, start + longest);
    const space = piece.search(/\s\S*$/);
    const cut = space > longest / 2 ? space + 1 : longest - (isHighSurrogate(piece) ? 1 : 0);
    pieces.push(text.slice(start, start + cut));
    start += cut;
  }
  return [...pieces, text.slice(start)];
}

function isHighSurrogate(piece: string): boolean {
  const last = piece.charCodeAt(piece.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
