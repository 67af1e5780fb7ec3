import { RE2JS } from "re2js";
import * as z from "zod";
import { parameterised } from "./parameterised.ts";

/** An answer is right when a pattern is found in it, or when what the pattern finds is the reference. */
export const regexMetric = parameterised({
  id: "regex",
  explanation: "An answer is right when a regular expression is found in it; with `compare`, when what it finds is the reference.",
  parameters: {
    pattern: z.string().min(1).max(2_000).meta({ description: "A regular expression in RE2's syntax, which is matched in linear time: no look-around and no back-references. ^ and $ are the answer's beginning and end." }),
    ignoreCase: z.boolean().optional().meta({ description: "Whether letter case does not count. Without it: false." }),
    compare: z.boolean().optional().meta({ description: "Whether what the pattern finds first (its first group, where it has one) has to be the reference too, without white space around both. Without it: false." }),
  },
  faults: ({ pattern, ignoreCase }) => {
    const fault = compile(pattern, ignoreCase);
    return typeof fault === "string" ? [{ key: "pattern", message: `This pattern cannot be used: ${fault}. Expected is RE2's syntax, which has no look-around and no back-references.` }] : [];
  },
  create({ pattern, ignoreCase, compare = false }) {
    const expression = compile(pattern, ignoreCase);
    const shown = `/${pattern}/${ignoreCase ? "i" : ""}`;
    return {
      title: compare ? `Found by ${shown}` : `Matches ${shown}`,
      explanation: compare ? `An answer is right when what ${shown} finds in it first is the reference; white space around both is not counted.` : `An answer is right when ${shown} is found in it, whatever the reference says.`,
      kind: "pass-fail",
      measure(answer, reference) {
        if (typeof expression === "string") return 0;
        const matcher = expression.matcher(answer);
        if (!matcher.find()) return 0;
        return compare ? Number(((matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? "").trim() === reference.trim()) : 1;
      },
    };
  },
});

/** The pattern, or what is wrong with it. */
function compile(pattern: string, ignoreCase = false): RE2JS | string {
  try {
    return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^error parsing regexp: /, "");
  }
}
