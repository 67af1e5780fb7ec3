/** Words of plain English, and some that are no ASCII, as often as each stands here. */
const words = "the a to of and in is you it for on with that can your this are be have from at or as if not we will card payment account transfer refund bank please then when after before within which because usually again today order number email address question answer customer balance limit fee days support café naïve 日本 – “quoted”".split(" ");

/** Texts of some sentences, with line breaks and quotation marks in some; the same ones for the same seed. */
export interface MadeTexts {
  /** A number below another. */
  next(below: number): number;
  text(sentences: number): string;
}

export function makeTexts(seed: number): MadeTexts {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const sentence = (): string => {
    const said = Array.from({ length: 6 + next(14) }, () => words[next(words.length)]).join(" ");
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  return { next, text: (sentences) => Array.from({ length: sentences }, sentence).join(next(4) === 0 ? "\n" : " ") };
}

/** Lines in pieces of a megabyte or so, until there are `bytes` of them. */
export function* linesOf(bytes: number, lineOf: (record: number) => string): Generator<Buffer> {
  let piece: string[] = [];
  let length = 0;
  let written = 0;
  for (let record = 0; written < bytes; record++) {
    const line = `${lineOf(record)}\n`;
    piece.push(line);
    length += line.length;
    if (length < 1 << 20) continue;
    const bytesOfPiece = Buffer.from(piece.join(""));
    yield bytesOfPiece;
    written += bytesOfPiece.length;
    piece = [];
    length = 0;
  }
}
