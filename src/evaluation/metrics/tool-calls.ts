import * as z from "zod";
import { readCalls, type CalledTool } from "../tool-calls.ts";
import type { Asked, Metric } from "./metric.ts";
import { parameterised } from "./parameterised.ts";
import { leaves } from "./text/read-json.ts";

export interface ToolCallRules {
  /** Whether arguments have to be the reference's, to have these at least, or do not count. */
  readonly arguments?: "exact" | "subset" | "any" | undefined;
  /** Whether calls have to come in the reference's order. */
  readonly ordered?: boolean | undefined;
  /** Whether calls beside the reference's are allowed. */
  readonly extra?: boolean | undefined;
}

/** Whether the calls are those that are wanted, each once, under the rules; two empty lists are. Arguments are compared as JSON, whatever the order of keys. */
export function matchCalls(given: readonly CalledTool[], wanted: readonly CalledTool[], { arguments: how = "exact", ordered = false, extra = false }: ToolCallRules = {}): boolean {
  if (given.length < wanted.length || (!extra && given.length > wanted.length)) return false;
  const fits = matcher(given, wanted, how);
  if (!ordered) return wanted.every(seat(given.length, fits));
  let next = 0;
  return wanted.every((_, index) => {
    while (next < given.length && !fits(next, index)) {
      if (!extra) return false;
      next += 1;
    }
    return next++ < given.length;
  });
}

/** Whether the call of the one index may stand for that of the other. */
function matcher(given: readonly CalledTool[], wanted: readonly CalledTool[], how: "exact" | "subset" | "any"): (index: number, wanted: number) => boolean {
  const [ours, theirs] = [given, wanted].map((calls) => calls.map((call) => new Set(how === "any" ? [] : leaves(call.arguments).filter((leaf) => how === "exact" || leaf !== emptyObject)))) as [Set<string>[], Set<string>[]];
  return (index, other) => {
    const [has, wants] = [ours[index], theirs[other]];
    if (!has || !wants || given[index]?.name !== wanted[other]?.name) return false;
    return (how !== "exact" || has.size === wants.size) && [...wants].every((leaf) => has.has(leaf));
  };
}

/** `{}` at the top is a leaf of its own, and no argument that another call would have to have. */
const emptyObject = JSON.stringify([[], {}]);

/** Gives each wanted call one of the given ones that nobody else has, moving others where that helps: Kuhn's augmenting paths. */
function seat(count: number, fits: (index: number, wanted: number) => boolean): (call: unknown, wanted: number) => boolean {
  const holder = new Map<number, number>();
  const place = (wanted: number, tried: Set<number>): boolean => {
    for (let index = 0; index < count; index++) {
      if (tried.has(index) || !fits(index, wanted)) continue;
      tried.add(index);
      const other = holder.get(index);
      if (other === undefined || place(other, tried)) {
        holder.set(index, wanted);
        return true;
      }
    }
    return false;
  };
  return (_, wanted) => place(wanted, new Set());
}

function match(rules: ToolCallRules): Omit<Metric, "id"> {
  const { arguments: how = "exact", ordered = false, extra = false } = rules;
  const held = { exact: "the same arguments", subset: "the reference's arguments among its own", any: "any arguments" }[how];
  return {
    title: how === "any" ? "Same tools called" : how === "subset" ? "Same calls, arguments at least" : "Same calls",
    explanation: `An answer is right when it calls the tools that the reference calls, each with ${held}, ${ordered ? "in the same order" : "in any order"}${extra ? "; further calls are allowed" : " and nothing else"}. What it says beside is not counted; where the reference calls nothing, it must not either.`,
    kind: "pass-fail",
    measure: (answer, reference) => Number(matchCalls(readCalls(answer), readCalls(reference), rules)),
    unsuited: withoutTools,
  };
}

/** Why calls cannot be judged: undefined where the record declares tools or its reference calls one. */
export function withoutTools(reference: string, { tools = [] }: Asked = {}): string | undefined {
  return tools.length === 0 && readCalls(reference).length === 0 ? "the record declares no tools and its reference calls none" : undefined;
}

/** An answer is right when it makes the calls of the reference and no others. */
export const toolCallsMetric: Metric = { id: "tool-calls", ...match({}) };

/** The same, stricter or laxer. */
export const toolCallRulesMetric = parameterised({
  id: "tool-calls",
  explanation: "An answer is right when it calls the tools that the reference calls.",
  parameters: {
    arguments: z.enum(["exact", "subset", "any"]).optional().meta({ description: "`exact`: the reference's arguments; `subset`: these, and perhaps more; `any`: only names count. Without it: exact." }),
    ordered: z.boolean().optional().meta({ description: "Whether calls have to come in the reference's order. Without it: false." }),
    extra: z.boolean().optional().meta({ description: "Whether calls beside the reference's are allowed. Without it: false." }),
  },
  create: match,
});
