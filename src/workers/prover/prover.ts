import { plainEnds } from "../../dataset/cut-answer.ts";
import { nullTexts } from "../../dataset/proven-clean.ts";
import { chatRoles } from "../../dataset/record-fingerprint.ts";
import type { Hash } from "../../dataset/murmur-hash.ts";
import type { Suspicion } from "../../dataset/rules/rule.ts";
import type { Target } from "../../dataset/targets/target.ts";
import { layOutMarkers, type MarkerTables } from "./marker-tables.ts";
import program from "./prove.wasm";

/** What a line that is proven clean is like. */
export interface ProvenLine {
  /** Its UTF-16 units. */
  readonly length: number;
  readonly fingerprint: Hash;
  /** The last answer as it is written, without its quotation marks: places in the room; and its hash as JSON writes it. */
  readonly answer: { readonly start: number; readonly end: number; readonly hash: Hash };
  /** The hash of what the user said last. */
  readonly question: Hash | undefined;
}

/** Judges lines by their bytes. */
export interface Prover {
  /** Where the bytes are put. What is put there stays until it is written over. */
  readonly room: Buffer;
  /**
   * Judges the lines between two places of the room, as many as it has rows for, and gives their number and the place behind the last. A last line that is
   * not ended is judged only where nothing `follows`. The bytes just behind `to` are overwritten. What is told of each line stands until the next call.
   */
  judge(from: number, to: number, follows: boolean): { readonly count: number; readonly consumed: number };
  /** Where a line begins, where its break begins, and where that ends: places in the room. */
  start(line: number): number;
  end(line: number): number;
  next(line: number): number;
  /** Whether the line is a plain chat record of which no record rule has anything to say, if its bytes are UTF-8. */
  isProven(line: number): boolean;
  /** What a proven line may hold, if the prover searches for signs. Of other lines no search of a rule would say anything. */
  suspicion(line: number): Suspicion | undefined;
  proven(line: number): ProvenLine;
}

/** More messages than any rule can leave unsaid, and a record that no limit of tokens can leave unsaid. */
const most = { messages: 64, bytes: 1 << 20, rows: 1024 };
const rowFields = 13;
const page = 1 << 16;
/** What is read at once, and so what may be looked at behind the end. */
const margin = 64;

const suspicions: readonly (Suspicion | undefined)[] = [undefined, { signs: true, numbers: false }, { signs: false, numbers: true }, { signs: true, numbers: true }];

let compiled: WebAssembly.Module | undefined;

/** What records are searched for: the rules' markers, and the signs of their searches where they run. */
export interface Sought {
  readonly markers: readonly string[];
  readonly signs?: readonly string[] | undefined;
}

/** A prover for one target with room for so many bytes. Of a target that takes no plain chats no line is proven. */
export function createProver(target: Target, sought: Sought, roomBytes: number): Prover {
  compiled ??= new WebAssembly.Module(program);
  const roomStart = page;
  const rowsStart = Math.ceil((roomStart + roomBytes + margin) / 8) * 8;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((rowsStart + most.rows * rowFields * 4) / page) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort: () => undefined } });
  const prove = exports["prove"] as (from: number, to: number, follows: number, rows: number, most: number) => number;
  const consumed = exports["consumed"] as WebAssembly.Global;
  configure(exports as Readonly<Record<"configureTexts" | "configureChats", (...values: number[]) => void>>, memory, target, sought);
  const rows = new Int32Array(memory.buffer, rowsStart, most.rows * rowFields);
  const field = (line: number, index: number): number => rows[line * rowFields + index] ?? 0;
  const hashAt = (line: number, index: number): Hash => ({ high: field(line, index), low: field(line, index + 1) });
  return {
    room: Buffer.from(memory.buffer, roomStart, roomBytes),
    judge(from, to, follows) {
      const count = prove(roomStart + from, roomStart + to, follows ? 1 : 0, rowsStart, most.rows);
      return { count, consumed: consumed.value - roomStart };
    },
    start: (line) => field(line, 0) - roomStart,
    end: (line) => field(line, 1) - roomStart,
    next: (line) => field(line, 2) - roomStart,
    isProven: (line) => (field(line, 3) & 1) !== 0,
    suspicion: (line) => suspicions[(field(line, 3) & 12) >> 2],
    proven: (line) => ({
      length: field(line, 4), fingerprint: hashAt(line, 5),
      answer: { start: field(line, 7) - roomStart, end: field(line, 8) - roomStart, hash: hashAt(line, 9) },
      question: (field(line, 3) & 2) === 0 ? undefined : hashAt(line, 11),
    }),
  };
}

/** Writes to the first page what the program looks for, and tells it where. */
function configure({ configureTexts, configureChats }: Readonly<Record<"configureTexts" | "configureChats", (...values: number[]) => void>>, memory: WebAssembly.Memory, target: Target, { markers, signs }: Sought): void {
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  let end = 0;
  const take = (length: number): number => {
    const at = end;
    end = Math.ceil((at + length) / 16) * 16;
    if (end > page) throw new RangeError("What records are searched for takes more than a page of memory.");
    return at;
  };
  const sequences = (texts: readonly string[]): number => {
    const at = take(texts.length * 4);
    for (const [index, text] of texts.entries()) bytes.set(Buffer.from(text).subarray(0, 3), at + index * 4);
    return at;
  };
  const lay = ({ pairs, buckets, list }: MarkerTables): readonly [pairsAt: number, bucketsAt: number] => {
    const pairsAt = take(pairs.length);
    bytes.set(pairs, pairsAt);
    const bucketsAt = take(buckets.length * 8);
    const listAt = take(list.length);
    bytes.set(list, listAt);
    for (const [index, { start, end: last }] of buckets.entries()) {
      view.setUint32(bucketsAt + index * 8, listAt + start, true);
      view.setUint32(bucketsAt + index * 8 + 4, listAt + last, true);
    }
    return [pairsAt, bucketsAt];
  };
  const laidMarkers = lay(layOutMarkers([...markers, ...reasoningTags]));
  const laidSigns = signs ? lay(layOutMarkers(signs, true)) : [0, 0];
  const numbersAt = signs ? take(numberTables.length) : 0;
  if (signs) bytes.set(numberTables, numbersAt);
  const ascii = [...plainEnds].filter((sign) => sign < "\x80");
  const further = [...plainEnds].filter((sign) => Buffer.byteLength(sign) === 3);
  const endsAt = take(128);
  for (const sign of ascii) bytes[endsAt + sign.charCodeAt(0)] = 1;
  const nullsAt = take(nullTexts.length * 20);
  for (const [index, text] of nullTexts.entries()) {
    view.setUint32(nullsAt + index * 20, text.length, true);
    bytes.set(Buffer.from(text), nullsAt + index * 20 + 4);
  }
  const plain = target.method === "sft" && target.formats.includes("chat");
  const roles = plain ? chatRoles.reduce((bits, role, index) => bits | (target.roles.includes(role) ? 1 << index : 0), 0) : 0;
  configureTexts(...laidMarkers, ...laidSigns, numbersAt, endsAt, sequences(further), further.length, sequences(whiteSpace), whiteSpace.length, nullsAt, nullTexts.length, take(32));
  configureChats(roles, Math.min(most.bytes, target.tokens?.limit ?? most.bytes), most.messages, take(most.messages * 12));
}

/**
 * What numbers of people are written with, by halves of bytes: digits; the space and `().-/`; no-break spaces and dashes of three bytes; then, for account
 * numbers, capitals; and last of all `@`. A byte is of a kind whose bit both its halves have; some others are so too.
 */
const numberTables = (() => {
  const tables = new Uint8Array(32);
  const kinds: readonly (readonly [low: string, high: string])[] = [["0123456789", "3"], ["089def", "2"], ["2", "ce"], ["01", "89a"], ["", ""], ["123456789abcdef", "4"], ["0123456789a", "5"], ["0", "4"]];
  for (const [bit, halves] of kinds.entries()) {
    for (const [table, digits] of halves.entries()) {
      for (const digit of digits) {
        const place = table * 16 + parseInt(digit, 16);
        tables[place] = (tables[place] ?? 0) | (1 << bit);
      }
    }
  }
  return tables;
})();

/** Whatever may open a reasoning tag: of an answer that reasons more is to be told. */
const reasoningTags = ["<t", "<T", "<r", "<R", "<s", "<S"];

/** What `trim` takes away beyond ASCII (ECMA-262, WhiteSpace and LineTerminator). */
const whiteSpace = [..."\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF"];
