import { createInsights, places, type Insights, type Place } from "../dataset/insight/insights.ts";
import { factsOf, type DetectLanguage } from "../dataset/insight/record-facts.ts";
import { constantText } from "../dataset/insight/shared-text.ts";
import type { CountTokens } from "../dataset/insight/tokens.ts";
import type { Target } from "../dataset/targets/target.ts";
import { unitsOf } from "../dataset/units.ts";
import { loadTokenizer } from "./count-tokens.ts";
import { watched, type FileProgress } from "./lint-file.ts";
import { tokenSourceOf, type TokenSource } from "./read-chat.ts";
import { openSource } from "./read-source.ts";

/** What is known of the records of a file. */
export interface FileInsights {
  readonly insights: Insights;
  readonly constants: readonly Constant[];
  readonly counted: TokenSource;
  /** Records whose language was looked for; all others have none. */
  readonly languagesLookedFor: number;
}

/** Text that all records share. */
export interface Constant {
  readonly place: Place;
  /** Whether the place holds nothing else. */
  readonly isWhole: boolean;
  /** The beginning of it. */
  readonly text: string;
  readonly tokens: number;
}

/** Telling a language takes longer than all else together: of a large file the first so many records are told. */
const mostLanguages = 200_000;
/** Characters that are shown of a text. */
const mostShown = 300;

/** Reads a file of any size once. `watch` as in `lintFile`. Rejects with a FileError when the file cannot be read. */
export async function readInsights(path: string, target: Target, watch: (progress: FileProgress) => void = () => undefined): Promise<FileInsights> {
  const counted = tokenSourceOf(target);
  const count = remembering(await loadTokenizer(counted.encoding, counted.images));
  const detector = await loadLanguages();
  let languagesLookedFor = 0;
  const detect: DetectLanguage = (text) => (languagesLookedFor++ < mostLanguages ? detector(text) : undefined);
  const builder = createInsights();
  const source = openSource(path);
  try {
    for (const { text, line } of unitsOf({ lines: watched(source, watch) }).units) if (text.trim() !== "") builder.add(line, factsOf(text, target, count, detect));
  } finally {
    source.close();
  }
  const insights = builder.finish();
  return { insights, constants: constantsOf(insights, count), counted, languagesLookedFor: Math.min(languagesLookedFor, mostLanguages) };
}

function constantsOf({ shared }: Insights, count: CountTokens): readonly Constant[] {
  return places.flatMap((place): readonly Constant[] => {
    const own = shared[place];
    const constant = own && constantText(own);
    if (!constant) return [];
    const text = constant.parts.join(" … ");
    return [{ place, isWhole: constant.isWhole, text: text.length > mostShown ? `${text.slice(0, mostShown)}…` : text, tokens: constant.parts.reduce((sum, part) => sum + count(part), 0) }];
  });
}

/** Loaded when it is first asked for: its table is a megabyte. */
async function loadLanguages(): Promise<DetectLanguage> {
  const { eld } = await import("eld/extrasmall");
  return (text) => {
    const found = eld.detect(text);
    return found.language !== "" && found.isReliable() ? found.language : undefined;
  };
}

/** Counts a text once that many records have, such as a system message. */
function remembering(count: CountTokens): CountTokens {
  const known = new Map<string, number>();
  let kept = 0;
  return Object.assign((text: string) => {
    if (text.length < shortestKept || text.length > longestKept) return count(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (kept > mostKept) {
      known.clear();
      kept = 0;
    }
    kept += text.length;
    const tokens = count(text);
    known.set(text, tokens);
    return tokens;
  }, count.image ? { image: count.image } : {});
}

/** Characters of a text that is remembered, and of all of them together. */
const shortestKept = 60;
const longestKept = 100_000;
const mostKept = 1e6;
