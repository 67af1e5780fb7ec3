import { conversationsOf } from "../conversations.ts";
import { breakEven } from "../break-even.ts";
import type { PlanReport } from "../plan-report.ts";
import { summarise } from "../summary.ts";
import { sumUpUsage } from "../usage.ts";
import type { Section } from "./section.ts";
import { dollars } from "./usage.ts";
import { count } from "./words.ts";

/** After how many requests tuning has paid; undefined where the plan does not ask. */
export function breakEvenSection({ breakEven: asked, candidates, records }: Pick<PlanReport, "breakEven" | "candidates" | "records">): Section | undefined {
  if (!asked) return undefined;
  const [tuned, instead] = [asked.tuned, asked.instead].map((name) => {
    const index = candidates.findIndex((each) => each.name === name);
    const price = candidates[index]?.price;
    return { name, index, price, perThousand: sumUpUsage(records.flatMap(({ outcomes }) => outcomes[index] ?? []), price).costPerThousand };
  });
  const title = "Break-even";
  if (!tuned || !instead || Number.isNaN(tuned.perThousand) || Number.isNaN(instead.perThousand)) return { title, paragraphs: ["Undefined: the services did not tell the tokens of both candidates' answers, or one has no price."], tables: [] };
  const { training, hostingPerMonth = 0, requestsPerMonth, dated } = asked;
  const { requests, months, leastPerMonth } = breakEven({ training, hostingPerMonth, requestsPerMonth, tunedPerRequest: tuned.perThousand / 1_000, insteadPerRequest: instead.perThousand / 1_000 });
  return {
    title, tables: [],
    paragraphs: [
      `${tuned.name} costs ${dollars(tuned.perThousand)} for 1,000 requests like these and ${instead.name} ${dollars(instead.perThousand)}. Training cost ${dollars(training)}${hostingPerMonth > 0 ? ` and hosting costs ${dollars(hostingPerMonth)} a month` : ""} (${dated}; prices of tokens: ${tuned.name} ${tuned.price?.dated}, ${instead.name} ${instead.price?.dated}).`,
      verdict(requests, months, leastPerMonth),
      quality(records, tuned, instead),
    ],
  };
}

function verdict(requests: number, months: number, leastPerMonth: number): string {
  if (!Number.isFinite(leastPerMonth)) return "Tuning never pays: no request saves anything.";
  const hosting = leastPerMonth > 0 ? ` Up to ${count(Math.floor(leastPerMonth), "request")} a month hosting alone costs more than is saved.` : "";
  if (Number.isNaN(requests)) return `Whether tuning pays depends on the requests a month.${hosting}`;
  if (!Number.isFinite(requests)) return `Tuning never pays at this number of requests.${hosting}`;
  return `Tuning pays after ${count(requests, "request")}${Number.isNaN(months) ? "" : `, which takes ${months < 0.1 ? "under a tenth of a month" : `${months.toFixed(1)} months`}`}.${hosting}`;
}

/** A cheaper model that is worse has not paid. */
function quality(records: PlanReport["records"], tuned: { readonly name: string; readonly index: number }, instead: { readonly name: string; readonly index: number }): string {
  const right = (row: PlanReport["records"][number], index: number): boolean | undefined => {
    const outcome = row.outcomes[index];
    return !outcome || "failure" in outcome ? undefined : outcome.right;
  };
  const conversations = conversationsOf(records);
  const { verdict: { outcome } } = summarise(records.map((row, index) => ({ base: right(row, instead.index), tuned: right(row, tuned.index), conversation: conversations[index] })));
  if (outcome === "cannot-tell") return `Whether ${tuned.name} answers as well as ${instead.name} cannot be told from these records.`;
  return `On these records ${tuned.name} is ${outcome} than ${instead.name}.`;
}
