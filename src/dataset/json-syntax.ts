import { readToken, type JsonToken, type TokenFault } from "./json-token.ts";
import { shorten } from "./quote.ts";

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";
type Closer = "}" | "]";

/**
 * Everything that keeps a line from being JSON (RFC 8259), each cause once, at its own characters; offsets count UTF-16 units.
 * Reads on behind each fault as a person would, so that one missing comma does not hide the next fault.
 * Gives nothing when, and only when, `JSON.parse` takes the line.
 */
export function findSyntaxFaults(text: string): readonly TokenFault[] {
  if (isJson(text)) return [];
  const reader = createReader(text);
  for (let offset = 0; offset < text.length && !reader.done; ) {
    const token = readToken(text, offset);
    reader.take(token);
    offset = token.end;
  }
  const faults = reader.finish();
  // The reader and JSON.parse are two programs; where they ever differ, JSON.parse has the last word.
  return faults.length > 0 ? faults : [{ start: 0, end: text.length, message: "This line is not valid JSON." }];
}

/** Whether `JSON.parse` takes the text. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function createReader(text: string) {
  const faults: TokenFault[] = [];
  const closers: Closer[] = [];
  let expected: Expected = "value";
  let comma: JsonToken | undefined;
  let lastEnd = 0;
  let done = false;

  const report = (start: number, end: number, message: string, repair?: TokenFault["repair"]): void => {
    faults.push(repair ? { start, end, message, repair } : { start, end, message });
  };
  // One by one, since a single string may have more faults than a call takes arguments.
  const pass = (token: JsonToken): void => {
    for (const fault of token.faults) faults.push(fault);
  };
  const afterValue = (): void => {
    expected = closers.length > 0 ? "comma-or-end" : "nothing";
  };
  const open = (closer: Closer): void => {
    closers.push(closer);
    expected = closer === "}" ? "key-or-end" : "value-or-end";
  };

  function close(token: JsonToken, closer: Closer): void {
    if (!closers.includes(closer)) return report(token.start, token.end, `${closer} closes nothing: there is no open ${closer === "}" ? "{" : "["} before it.`);
    if (expected === "key" || expected === "value") {
      if (comma) report(comma.start, comma.end, `A comma before ${closer} is one too many.`, { title: "Remove the comma", safe: true, text: "" });
      else report(token.start, token.end, `A value is missing before ${closer}.`);
    } else if (expected === "colon") report(token.start, token.end, "A colon and a value are missing after this key.");
    for (let missing = closers.pop(); missing !== undefined && missing !== closer; missing = closers.pop()) {
      report(token.start, token.end, `${missing} is missing before ${closer}.`, { title: `Insert ${missing}`, safe: false, text: `${missing}${closer}` });
    }
    afterValue();
  }

  function separate(token: JsonToken): void {
    if (expected === "comma-or-end") {
      expected = closers.at(-1) === "}" ? "key" : "value";
      comma = token;
    } else if (expected === "colon") {
      report(token.start, token.end, "A colon and a value are missing after this key.");
      expected = "key";
      comma = token;
    } else if (closers.length === 0) {
      report(token.start, token.end, "A comma stands where the record should begin.", { title: "Remove the comma", safe: true, text: "" });
    } else if (comma || expected.endsWith("-or-end")) {
      report(token.start, token.end, "A comma is one too many here.", { title: "Remove the comma", safe: true, text: "" });
    } else {
      report(token.start, token.end, "A value is missing before this comma.");
      expected = closers.at(-1) === "}" ? "key" : "value";
      comma = token;
    }
  }

  function colon(token: JsonToken): void {
    if (expected !== "colon") return report(token.start, token.end, "A colon stands only between a key and its value.");
    expected = "value";
    comma = undefined;
  }

  function begin(token: JsonToken): void {
    if (expected === "nothing") expected = "value";
    if (expected === "colon") {
      report(token.start, token.end, "A colon is missing before this value.", { title: "Insert a colon", safe: false, text: `:${text.slice(token.start, token.end)}` });
      expected = "value";
    } else if (expected === "comma-or-end") {
      report(token.start, token.end, "A comma is missing before this.", { title: "Insert a comma", safe: false, text: `,${text.slice(token.start, token.end)}` });
      expected = closers.at(-1) === "}" ? "key" : "value";
    }
    comma = undefined;
    if (expected === "key" || expected === "key-or-end") {
      takeKey(token);
    } else if (text[token.start] === "{" && token.kind === "punctuation") open("}");
    else if (text[token.start] === "[" && token.kind === "punctuation") open("]");
    else {
      pass(token);
      afterValue();
    }
  }

  function takeKey(token: JsonToken): void {
    const written = text.slice(token.start, token.end);
    if (token.kind === "string") {
      pass(token);
      expected = "colon";
    } else if (token.kind === "scalar") {
      report(token.start, token.end, `${shorten(written)} is a key without quotation marks.`, { title: "Put the key in quotation marks", safe: false, text: JSON.stringify(written) });
      expected = "colon";
    } else {
      report(token.start, token.end, `${written} stands where a key is expected.`);
      open(written === "{" ? "}" : "]");
    }
  }

  /** What stands behind a whole record: a comma at the line's end, a second record, or something else, told once. */
  function takeRest(token: JsonToken): void {
    const end = text.trimEnd().length;
    const sign = text[token.start];
    const splits = (stands: string, repaired: string) => report(token.start, token.end, `${stands}; in JSONL every record has a line of its own.`, { title: "Begin a new line", safe: true, text: repaired });
    if (sign === "{") {
      splits("A second record begins on this line", "\n{");
      begin(token);
      return;
    }
    if (sign === "," && /^\s*\{/.test(text.slice(token.end))) {
      splits("A comma and a second record stand behind the record", "\n");
      expected = "value";
      return;
    }
    done = true;
    if (text.slice(token.start, end) === ",") {
      return report(token.start, token.end, "A comma stands behind the record; in JSONL a line holds one record and nothing else.", { title: "Remove the comma", safe: true, text: "" });
    }
    report(token.start, end, "Something stands behind the record; in JSONL a line holds one record and nothing else.");
  }

  function take(token: JsonToken): void {
    if (token.kind === "space" || token.kind === "comment" || token.kind === "stray") {
      pass(token);
      return;
    }
    const sign = token.kind === "punctuation" ? text[token.start] : undefined;
    if (expected === "nothing") takeRest(token);
    else if (sign === "}" || sign === "]") close(token, sign);
    else if (sign === ",") separate(token);
    else if (sign === ":") colon(token);
    else begin(token);
    lastEnd = token.end;
  }

  function finish(): readonly TokenFault[] {
    const unclosed = faults.some(({ end, message }) => end === text.length && message.startsWith("This string is never closed"));
    // Of a line on which nothing began, what stands there instead tells enough.
    if (expected !== "nothing" && !unclosed && (closers.length > 0 || expected !== "value" || faults.length === 0)) {
      const missing = shorten([...closers].reverse().join(""), 20);
      report(lastEnd, lastEnd, missing === "" ? "The line ends before a record begins." : `The line ends too early: ${missing} is missing. Was the record cut, or written over several lines?`);
    }
    return faults.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  return {
    take,
    finish,
    get done() {
      return done;
    },
  };
}
