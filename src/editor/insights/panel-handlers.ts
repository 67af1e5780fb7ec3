import * as z from "zod";
import { measures, traits } from "../../dataset/insight/insights.ts";
import type { Selection } from "../../dataset/insight/charts.ts";
import type { Handlers } from "../../protocol/channel.ts";
import type { InsightsPanel, InsightsView, OpenRequest, ShowRequest } from "../../protocol/insights-panel.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  show(request: ShowRequest): Promise<void>;
  compare(): Promise<void>;
  alone(): Promise<void>;
  readAgain(): Promise<void>;
  score(): Promise<void>;
  openRecord(request: OpenRequest): Promise<void>;
}

const nothing = (): null => null;
const trait = z.enum(traits);
const selection: z.ZodType<Selection> = z.union([
  z.strictObject({ chart: z.enum(measures), from: z.number(), below: z.number() }),
  z.strictObject({ chart: z.enum(measures), from: z.number() }),
  z.strictObject({ chart: trait, has: z.string() }),
  z.strictObject({ chart: trait, hasNone: z.literal(true) }),
  z.strictObject({ chart: trait, hasNoneOf: z.array(z.string()) }),
]);
const openRequest = z.object({ line: z.int().min(0) });
const showRequest = z.object({ of: z.int().min(0), selection, label: z.string() });

/** The host's side of the insights; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<InsightsView>, actions: PanelActions): Handlers<InsightsPanel> {
  const done = (act: Promise<void>): Promise<null> => act.then(nothing);
  return {
    view: { read: nothing, answer: current },
    show: { read: (value) => showRequest.parse(value), answer: (request) => done(actions.show(request)) },
    compare: { read: nothing, answer: () => done(actions.compare()) },
    alone: { read: nothing, answer: () => done(actions.alone()) },
    score: { read: nothing, answer: () => done(actions.score()) },
    openRecord: { read: (value) => openRequest.parse(value), answer: (request) => done(actions.openRecord(request)) },
    readAgain: { read: nothing, answer: () => done(actions.readAgain()) },
  };
}
