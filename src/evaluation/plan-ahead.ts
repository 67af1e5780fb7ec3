import type { BatchOffer } from "./batch/batch-offer.ts";
import { describeOtherSystem } from "./sections/system-messages.ts";
import { minimumDetectableDifference } from "./statistics/power.ts";

/** What the run of a plan will do, before anything was sent for it. */
export interface PlanAhead {
  /** The test file and the training file as they are written. */
  readonly test: string;
  readonly training?: string;
  /** Records that are asked, and those that are left out. */
  readonly records: number;
  readonly refused: number;
  /** How many of those the training file asks too. */
  readonly leaked: number;
  /** How many records have a system message, or none, that no record of the training file has. */
  readonly otherSystem?: number;
  readonly candidates: readonly CandidateAhead[];
  readonly maximumTokens: number;
  /** Who judges the answers, with the most requests that this takes; those whose judgement is kept are not known before. */
  readonly judge?: { readonly service: string; readonly requests: number };
}

export interface CandidateAhead {
  readonly name: string;
  readonly service: string;
  /** What is to be sent; the answers to the rest are kept from before. */
  readonly requests: number;
  readonly kept: number;
  /** Characters of the prompts that are to be sent, examples included. */
  readonly characters: number;
  /** Set where it is asked by batch; so many answers come from a batch that was sent before, and are not among the requests. */
  readonly batch?: { readonly awaited: number };
}

/** How a service is called, whether what it answers costs something, and what is known of its batches. */
export interface ServiceAhead {
  readonly title: string;
  readonly bills: boolean;
  readonly batches?: BatchOffer;
}

/** A question before a run, and what it will do. */
export interface PlanWords {
  readonly question: string;
  readonly detail: string;
}

/** English has about four characters to a token; other languages have fewer. */
const charactersPerToken = 4;
const usual = { discordant_share: 0.2, alpha: 0.05, power: 0.8 };

/** Whether a run sends something to a service that bills it. */
export function bills(ahead: PlanAhead, serviceOf: (id: string) => ServiceAhead): boolean {
  return [...ahead.candidates, ...(ahead.judge ? [ahead.judge] : [])].some(({ service, requests }) => requests > 0 && serviceOf(service).bills);
}

/** What a run of a plan will do and what it may cost, in words. */
export function describeAhead(plan: string, ahead: PlanAhead, serviceOf: (id: string) => ServiceAhead): PlanWords {
  const { candidates, judge, maximumTokens, records } = ahead;
  const ids = [...new Set(candidates.map(({ service }) => service))];
  const asked = ids.map((id) => ({ ...serviceOf(id), ...totalOf(candidates.filter(({ service }) => service === id)) })).filter(({ requests }) => requests > 0);
  const billing = asked.filter((each) => each.bills);
  const kept = totalOf(candidates).kept;
  return {
    question: asked.length === 0 && !judge ? `Run ${plan}? Every answer is kept${candidates.some(({ batch }) => (batch?.awaited ?? 0) > 0) ? " or awaited" : ""}; nobody is asked.` : `Run ${plan} at ${and([...new Set([...asked.map(({ title }) => title), ...(judge ? [serviceOf(judge.service).title] : [])])])}?`,
    detail: [
      `${count(candidates.length, "candidate")} answer${candidates.length === 1 ? "s" : ""} ${count(records, "record")} of ${ahead.test}.`,
      ...asked.map(({ title, requests, characters }) => `${title}: ${count(requests, "request")}, whose prompts have ${characters.toLocaleString("en")} characters, in English about ${Math.ceil(characters / charactersPerToken).toLocaleString("en")} tokens; answers of at most ${maximumTokens.toLocaleString("en")} tokens each.`),
      ...(judge ? [`${serviceOf(judge.service).title} judges them with at most ${count(judge.requests, "request")}${serviceOf(judge.service).bills ? ", which it bills too" : ""}.`] : []),
      ...byBatch(candidates, serviceOf),
      ...(billing.length === 0 ? [] : [`${and(billing.map(({ title }) => title))} ${billing.length === 1 ? "bills" : "bill"} the tokens at ${billing.length === 1 ? "its" : "their"} current price.`]),
      ...(kept === 0 ? [] : [`${count(kept, "answer")} ${kept === 1 ? "is" : "are"} kept from before and not asked for again.`]),
      ...leftOut(ahead), ...(ahead.otherSystem === undefined || ahead.training === undefined ? [] : [describeOtherSystem(ahead.otherSystem, records, ahead.training)]), powerHint(records),
    ].join(" "),
  };
}

/** What so many records can show, before money is spent on them. */
export function powerHint(records: number): string {
  const { difference } = minimumDetectableDifference({ n: records, ...usual });
  return difference > 1 ? `${count(records, "record")} can hardly show any difference.` : `${count(records, "record")} show a difference of ${(difference * 100).toFixed(1)} percentage points four times out of five, where two candidates differ on one record in five.`;
}

function leftOut({ refused, leaked, training }: PlanAhead): readonly string[] {
  if (refused === 0) return [];
  return [`${count(refused, "line")} ${refused === 1 ? "is" : "are"} left out${leaked === 0 ? "" : `, ${leaked === refused ? "all" : leaked.toLocaleString("en")} because ${training ?? "the training file"} asks the same or nearly the same`}.`];
}

/** What goes by batch, and what that costs. */
function byBatch(candidates: readonly CandidateAhead[], serviceOf: (id: string) => ServiceAhead): readonly string[] {
  const going = candidates.filter(({ batch, requests }) => batch && requests > 0);
  const awaited = candidates.reduce((sum, { batch }) => sum + (batch?.awaited ?? 0), 0);
  return [
    ...[...new Set(going.map(({ service }) => service))].map((id) => {
      const { title, batches } = serviceOf(id);
      const { requests } = totalOf(going.filter(({ service }) => service === id));
      const price = batches?.price && `, which it bills at ${batches.price.share * 100} % of the price${batches.price.models === "some" ? " for some models" : ""} (${batches.price.source}, read on ${batches.price.dated})`;
      return `${title} gets ${count(requests, "request")} by batch and answers within 24 hours${price ?? ""}; what is left unanswered then is asked one by one at the full price.`;
    }),
    ...(awaited === 0 ? [] : [`${count(awaited, "answer")} ${awaited === 1 ? "is" : "are"} awaited from a batch that was sent before.`]),
  ];
}

function totalOf(candidates: readonly CandidateAhead[]): Pick<CandidateAhead, "requests" | "kept" | "characters"> {
  const sum = (of: "requests" | "kept" | "characters"): number => candidates.reduce((total, each) => total + each[of], 0);
  return { requests: sum("requests"), kept: sum("kept"), characters: sum("characters") };
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function and(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
