import * as z from "zod";
import type { Handlers } from "../../protocol/channel.ts";
import type { ConversationPanel, ShownRecord } from "../../protocol/conversation-panel.ts";

/** What the panel can have done outside of itself. */
export interface ConversationActions {
  step(direction: "next" | "previous"): Promise<void>;
  edit(): Promise<void>;
}

const nothing = (): null => null;
const stepRequest = z.object({ direction: z.enum(["next", "previous"]) });

/** The host's side of the conversation. `current` gives the record that is shown now; what arrives from the page is read by a schema. */
export function createConversationHandlers(current: () => Promise<ShownRecord>, actions: ConversationActions): Handlers<ConversationPanel> {
  return {
    shown: { read: nothing, answer: current },
    step: { read: (value) => stepRequest.parse(value), answer: ({ direction }) => actions.step(direction).then(nothing) },
    edit: { read: nothing, answer: () => actions.edit().then(nothing) },
  };
}
