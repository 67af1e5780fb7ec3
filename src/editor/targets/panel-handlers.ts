import * as z from "zod";
import { targetNamed } from "../../dataset/targets/index.ts";
import type { TargetName } from "../../dataset/targets/target.ts";
import type { Position } from "../../dataset/text.ts";
import type { Handlers } from "../../protocol/channel.ts";
import type { TargetsPanel, TargetTable } from "../../protocol/targets-panel.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  checkAgain(): Promise<void>;
  choose(target: TargetName): Promise<void>;
  /** Opens the dataset at a place. */
  open(place: Position): Promise<void>;
  showRule(rule: string): Promise<void>;
}

const nothing = (): null => null;
const target = z.custom<TargetName>((value) => targetNamed(value) !== undefined, "There is no such target.");
const rule = z.string().regex(/^[a-z\d-]+$/);
const targetRequest = z.object({ target });
const ruleRequest = z.object({ rule });
const reasonRequest = z.object({ target, rule });

/** The host's side of the table of targets. `current` gives the table that is shown now; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<TargetTable>, actions: PanelActions): Handlers<TargetsPanel> {
  const done = (act: Promise<void>): Promise<null> => act.then(nothing);
  return {
    table: { read: nothing, answer: current },
    checkAgain: { read: nothing, answer: () => done(actions.checkAgain()) },
    choose: { read: (value) => targetRequest.parse(value), answer: (request) => done(actions.choose(request.target)) },
    openReason: {
      read: (value) => reasonRequest.parse(value),
      async answer(request) {
        const { every } = await current();
        const verdict = every.targets.find((each) => each.target === request.target);
        const place = verdict?.reasons.find((reason) => reason.rule === request.rule)?.place;
        if (!place) throw new Error(`The table has no place of ${request.rule} for ${request.target}.`);
        return done(actions.open(place));
      },
    },
    showRule: { read: (value) => ruleRequest.parse(value), answer: (request) => done(actions.showRule(request.rule)) },
  };
}
