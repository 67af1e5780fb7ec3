import { redactable } from "../sensitive/redaction.ts";
import { secretSearch, secretDetectors } from "../sensitive/secrets.ts";
import type { RecordRule } from "./rule.ts";

export const secret: RecordRule = {
  id: "secret",
  severity: "warning",
  summary: "A text holds a key, a token, a private key or a password, which goes to the provider with the file and which the model may repeat.",
  explanation: "Found are keys of OpenAI, Anthropic, AWS, GitHub, Google, Slack, Stripe and Hugging Face, private keys in PEM, JSON Web Tokens, and passwords in addresses and connection strings, by the forms that secret scanners know; also in the arguments of tool calls. Placeholders such as `sk-...` are no finding. Withdraw the key, since it has left its place, and redact it. What may stay, `personalData.allow` in tunesmith.jsonc lists, with `*` for any characters. A run with `--quick` leaves this out.",
  source: "https://github.com/gitleaks/gitleaks (config/gitleaks.toml)",
  search: secretSearch,
  check: (record, _, { allowed }) => redactable(record, secretDetectors, allowed, "It goes to the provider with the file, and the model may repeat it. Withdraw and redact it."),
};
