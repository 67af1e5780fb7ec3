import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";

/** Raw text, `{"text"}`: nothing in it says who speaks, so that it can be converted to nothing that trains a conversation. */
export const text: SourceFormat = {
  id: "text",
  read() {
    throw new Refusal("it is raw text, which does not say who speaks");
  },
};
