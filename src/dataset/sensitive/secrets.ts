import type { Search } from "../rules/rule.ts";
import { finds, showBeginning, type Detection, type Detector, type SensitiveKind } from "./detection.ts";

/** How a secret is written. Where the pattern has a group named `secret`, only that is one. */
interface SecretForm {
  readonly kind: SensitiveKind;
  readonly pattern: RegExp;
}

function form(name: string, placeholder: string, pattern: RegExp): SecretForm {
  return { kind: { name, placeholder, show: showBeginning }, pattern };
}

/** Forms by which services tell their own keys; where two would match, the first is right. */
const forms: readonly SecretForm[] = [
  form("private key", "PRIVATE_KEY", /-----BEGIN (?:[A-Z\d]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)*(?:[A-Za-z\d+/=:,-](?:\s|\\n|\\r)*){24,}?(?:-----END (?:[A-Z\d]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|$|(?=[^A-Za-z\d+/=:,\s\\-]))/g),
  form("key of Anthropic", "ANTHROPIC_KEY", /(?<![A-Za-z\d])sk-ant-[\w-]{20,}/g),
  form("key of OpenAI", "OPENAI_KEY", /(?<![A-Za-z\d])sk-(?:(?:proj|svcacct|admin|None)-[\w-]{20,}|[A-Za-z\d]{32,}(?![A-Za-z\d-]))/g),
  form("key of AWS", "AWS_KEY", /(?<![A-Za-z\d])(?:AKIA|ASIA|ABIA|ACCA)[A-Z\d]{16}(?![A-Za-z\d])/g),
  form("secret key of AWS", "AWS_SECRET", /(?:aws_?)?secret_?(?:access_?)?key\\?["']?\s*[:=]\s*\\?["']?(?<secret>[A-Za-z\d/+]{40})(?![A-Za-z\d/+=])/gi),
  form("token of GitHub", "GITHUB_TOKEN", /(?<![A-Za-z\d])(?:gh[pousr]_[A-Za-z\d]{36,}|github_pat_\w{22,})/g),
  form("key of Google", "GOOGLE_KEY", /(?<![A-Za-z\d])(?:AIza[\w-]{35}(?![\w-])|GOCSPX-[\w-]{28}|ya29\.[\w-]{30,})/g),
  form("token of Slack", "SLACK_TOKEN", /(?<![A-Za-z\d])(?:xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{20,}|hooks\.slack\.com\/services\/(?<secret>T\w{8,}\/B\w{8,}\/\w{20,}))/g),
  form("key of Stripe", "STRIPE_KEY", /(?<![A-Za-z\d])(?:[rs]k_(?:live|test|prod)_[A-Za-z\d]{10,}|whsec_[A-Za-z\d]{24,})/g),
  form("token of Hugging Face", "HUGGING_FACE_TOKEN", /(?<![A-Za-z\d])(?:hf|api_org)_[A-Za-z\d]{30,}(?![A-Za-z\d_])/g),
  form("JSON Web Token", "JWT", /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g),
  form("password in the address of a server", "PASSWORD", /(?<![A-Za-z\d])[a-z][a-z\d+.-]{1,30}:\/\/[^\s:@/"'<>\\]{0,100}:(?<secret>[^\s@/"'<>\\]{3,200})@[\w[]/gi),
  form("password in a connection string", "PASSWORD", /(?:server|host|data source|user id|uid|database|initial catalog)\s*=[^\n"']{1,300};\s*(?:password|pwd)\s*=\s*(?<secret>[^\s;"']{4,})/gi),
  form("key in a connection string", "ACCOUNT_KEY", /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z\d+/]{40,}={0,2})/g),
];

/** What opens something else than what it says. */
export const secretDetectors: readonly Detector[] = forms.map(({ kind, pattern }) => function* (text): Generator<Detection> {
  for (const match of text.matchAll(pattern)) {
    const value = match.groups?.["secret"] ?? match[0];
    if (isPlaceholder(value)) continue;
    yield { index: match.index + match[0].lastIndexOf(value), length: value.length, kind };
  }
});

/** What a line of JSON has that could hold any of it; where it says no, no detector finds anything. An escape may hide whatever there is; a slash is often escaped, in the arguments of a tool twice. */
export const secretSearch: Search = {
  suspects: (line) => sign.test(line),
  finds: (text) => finds(text, secretDetectors),
  of: "signs",
  signs: ["sk-", "akia", "asia", "abia", "acca", "secret", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "aiza", "gocspx-", "ya29.", "xox", "xapp-", "hooks.slack", "k_live_", "k_test_", "k_prod_", "whsec_", "hf_", "api_org_", "eyj", "private key", "password", "pwd", "accesskey=", "accountkey="],
};

const sign = /sk-[A-Za-z\d]|A(?:KI|SI|BI|CC)A[A-Z\d]{8}|secret_?(?:access_?)?key|gh[pousr]_|github_pat_|AIza|GOCSPX-|ya29\.|xox[abeoprs]-|xapp-|hooks\.slack|[rs]k_(?:live|test|prod)_|whsec_|(?:hf|api_org)_[A-Za-z\d]{8}|eyJ[\w-]{8}|PRIVATE KEY|:\\*\/\\*\/[^\s@]{0,200}:[^\s@]{3,250}@|(?:password|pwd)[\s\\nrtf]*=|AccessKey=|AccountKey=|\\u00/i;

/** Whether somebody wrote what stands in for a secret: `xxx`, `<password>`, `${PASSWORD}`, `your-key`, the examples of AWS. */
function isPlaceholder(value: string): boolean {
  if (/x{4}|\*{3}|\.{3}|…|EXAMPLE|your|placeholder|dummy|redacted|^[<{[(%$]|[>}\])%]$|_here$|-here$/i.test(value)) return true;
  if (/^(?:password|passwd|pass|pwd|secret|pw|changeme|user(?:name)?|token|key|x{3,}|#+|p@ssw0rd)\d{0,3}$/i.test(value)) return true;
  return value.length >= 16 && new Set(value.replace(/^[a-z]+[-_]/i, "")).size < 6;
}
