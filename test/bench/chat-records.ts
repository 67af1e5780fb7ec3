/** Words of plain English, and some that are no ASCII, as often as each stands here. */
const words = "the a to of and in is you it for on with that can your this are be have from at or as if not we will card payment account transfer refund bank please then when after before within which because usually again today order number email address question answer customer balance limit fee days support café naïve 日本 – “quoted”".split(" ");

/**
 * Chat records as they are found: two to four messages, answers of some sentences, line breaks and quotation marks in some, no two alike, all clean.
 * Lines of JSONL in pieces of a megabyte or so, until there are `bytes` of them.
 */
export function* chatRecords(bytes: number): Generator<Buffer> {
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const sentence = (): string => {
    const said = Array.from({ length: 6 + next(14) }, () => words[next(words.length)]).join(" ");
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  const text = (sentences: number): string => Array.from({ length: sentences }, sentence).join(next(4) === 0 ? "\n" : " ");
  let piece: string[] = [];
  let length = 0;
  let written = 0;
  for (let record = 0; written < bytes; record++) {
    const messages = [{ role: "system", content: "You are a helpful assistant of a bank." }];
    for (let turn = 0; turn <= next(2); turn++) messages.push({ role: "user", content: `${record}: ${text(1 + next(2))}` }, { role: "assistant", content: text(2 + next(9)) });
    const line = `${JSON.stringify({ messages })}\n`;
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
