import { personalDataSearch, personalDataDetectors } from "../sensitive/personal-data.ts";
import { redactable } from "../sensitive/redaction.ts";
import type { RecordRule } from "./rule.ts";

export const personalData: RecordRule = {
  id: "personal-data",
  severity: "warning",
  summary: "A text holds an e-mail address, a phone number, a payment card, an IBAN, a US social security number or a public IP address, which the model may repeat to anyone.",
  explanation: "Models learn rare strings by heart, and give them away to who asks. Checksums and the numbering plans of countries tell numbers of people from other ones; national phone numbers count where they are written as their country writes them, or behind a word such as \"phone\". Addresses and numbers that are set aside for examples are no finding. The suggestion redacts a value wherever the record has it, the same value with the same placeholder. What may stay, `personalData.allow` in tunesmith.jsonc lists, with `*` for any characters. A run with `--quick` leaves this out.",
  source: "https://arxiv.org/abs/2012.07805",
  search: personalDataSearch,
  check: (record, _, { allowed }) => redactable(record, personalDataDetectors, allowed, 'The model may repeat it to anyone. Redact it, or list it under "personalData" in tunesmith.jsonc if it may stay.'),
};
