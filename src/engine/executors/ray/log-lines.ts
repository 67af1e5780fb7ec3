/** A line that does not end within so many characters is no message. */
const longestLine = 4 * 1024 * 1024;

export interface LogLines {
  /** Takes the next piece of the log; pieces end anywhere. */
  add(piece: string): void;
  /** Takes the last line, whether it ended or not. */
  end(): void;
}

/**
 * Reads a submission's log, in which the messages of the training stand between whatever else was printed. A message is one line: a mark that nothing else
 * bears, and JSON. What stands before a mark, because a library ended no line, is a line of its own.
 */
export function readLogLines(mark: string, take: (message: unknown) => void, other: (line: string) => void): LogLines {
  let rest = "";
  const line = (text: string): void => {
    const at = text.indexOf(mark);
    const message = at === -1 ? undefined : parse(text.slice(at + mark.length));
    const aside = message === undefined ? text : text.slice(0, at);
    if (aside.trim() !== "") other(aside);
    if (message !== undefined) take(message);
  };
  return {
    add(piece) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const each of lines) line(each);
      if (rest.length > longestLine) rest = "";
    },
    end() {
      line(rest);
      rest = "";
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
