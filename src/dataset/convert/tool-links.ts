import type { ToolCall, Turn } from "./conversation.ts";

/** How a format without ids tells which call a result belongs to: results stand in the order of their calls, or name the tool. */
export type LinkedBy = "order" | "name";

/** Follows a conversation turn by turn and knows which calls are still unanswered. */
export interface OpenCalls {
  /** New calls; those before them are answered or never will be. */
  call(calls: readonly ToolCall[]): void;
  /** Takes the first unanswered call, of this name where one is given. */
  answer(name?: string): ToolCall | undefined;
}

/** Begins without any call. */
export function createOpenCalls(): OpenCalls {
  let open: ToolCall[] = [];
  return {
    call: (calls) => void (open = [...calls]),
    answer(name) {
      const index = open.findIndex((call) => name === undefined || call.name === name);
      return index < 0 ? undefined : open.splice(index, 1)[0];
    },
  };
}

/** Makes the ids of calls that have none: `call_1`, `call_2`, … */
export function createCallIds(): () => string {
  let number = 0;
  return () => `call_${++number}`;
}

/** The call that each turn of a tool tells the result of: the nearest before it with that id. */
export function callsOfResults(turns: readonly Turn[]): ReadonlyMap<Turn, ToolCall> {
  const found = new Map<Turn, ToolCall>();
  const byId = new Map<string, ToolCall>();
  for (const turn of turns) {
    for (const call of turn.calls ?? []) byId.set(call.id, call);
    const call = turn.speaker === "tool" ? byId.get(turn.resultOf ?? "") : undefined;
    if (call) found.set(turn, call);
  }
  return found;
}

/** The results whose call could not be told any more if the ids were gone. */
export function unlinkedResults(turns: readonly Turn[], by: LinkedBy): readonly Turn[] {
  const calls = callsOfResults(turns);
  const open = createOpenCalls();
  return turns.filter((turn) => {
    if (turn.calls) open.call(turn.calls);
    if (turn.speaker !== "tool") return false;
    const call = calls.get(turn);
    return !call || open.answer(by === "name" ? call.name : undefined) !== call;
  });
}
