import { ambiguousRecord } from "./ambiguous-record.ts";
import { answerLengthBias } from "./answer-length-bias.ts";
import { blankLine } from "./blank-line.ts";
import { boilerplate } from "./boilerplate.ts";
import { byteOrderMark } from "./byte-order-mark.ts";
import { carriageReturn } from "./carriage-return.ts";
import { conflictingAnswer } from "./conflicting-answer.ts";
import { constantAnswer } from "./constant-answer.ts";
import { constantGraderValue } from "./constant-grader-value.ts";
import { constantQuestion } from "./constant-question.ts";
import { contentForm } from "./content-form.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { duplicateRecord } from "./duplicate-record.ts";
import { duplicateTool } from "./duplicate-tool.ts";
import { emptyContent } from "./empty-content.ts";
import { emptyFile } from "./empty-file.ts";
import { fileTooLarge } from "./file-too-large.ts";
import { graderNewline } from "./grader-newline.ts";
import { identicalAnswers } from "./identical-answers.ts";
import { imageCount } from "./image-count.ts";
import { imageMismatch } from "./image-mismatch.ts";
import { imageRole } from "./image-role.ts";
import { inconsistentGraderFields } from "./inconsistent-grader-fields.ts";
import { invalidAnswer } from "./invalid-answer.ts";
import { invalidImage } from "./invalid-image.ts";
import { invalidJson } from "./invalid-json.ts";
import { invalidTool } from "./invalid-tool.ts";
import { invalidWeight } from "./invalid-weight.ts";
import { jsonArray } from "./json-array.ts";
import { labelImbalance } from "./label-imbalance.ts";
import { labelVariants } from "./label-variants.ts";
import { legacyFunctions } from "./legacy-functions.ts";
import { loneSurrogate } from "./lone-surrogate.ts";
import { longGraderValue } from "./long-grader-value.ts";
import { messageCount } from "./message-count.ts";
import { misplacedPrefix } from "./misplaced-prefix.ts";
import { misplacedSystem } from "./misplaced-system.ts";
import { missingContent } from "./missing-content.ts";
import { missingGraderField } from "./missing-grader-field.ts";
import { misspeltKey } from "./misspelt-key.ts";
import { mixedFormats } from "./mixed-formats.ts";
import { mixedMedia } from "./mixed-media.ts";
import { mixedOutput } from "./mixed-output.ts";
import { mixedReasoning } from "./mixed-reasoning.ts";
import { mojibake } from "./mojibake.ts";
import { multiLineRecord } from "./multi-line-record.ts";
import { leakedRecord } from "./leaked-record.ts";
import { missingClass } from "./missing-class.ts";
import { mixedLanguages } from "./mixed-languages.ts";
import { nearDuplicate } from "./near-duplicate.ts";
import { noAssistantMessage } from "./no-assistant-message.ts";
import { noUserMessage } from "./no-user-message.ts";
import { notAnObject } from "./not-an-object.ts";
import { notUtf8 } from "./not-utf-8.ts";
import { nothingTrained } from "./nothing-trained.ts";
import { nullText } from "./null-text.ts";
import { outlyingLength } from "./outlying-length.ts";
import { parallelCalls } from "./parallel-calls.ts";
import { personalData } from "./personal-data.ts";
import { reasoningPhrase } from "./reasoning-phrase.ts";
import { refusedMedia } from "./refused-media.ts";
import { reservedText } from "./reserved-text.ts";
import { roleOrder } from "./role-order.ts";
import type { DatasetRule, RecordRule, RuleFacts } from "./rule.ts";
import { secret } from "./secret.ts";
import { specialToken } from "./special-token.ts";
import { surroundingSpace } from "./surrounding-space.ts";
import { suspiciousLabel } from "./suspicious-label.ts";
import { systemPromptDrift } from "./system-prompt-drift.ts";
import { templateLeftover } from "./template-leftover.ts";
import { textAndContent } from "./text-and-content.ts";
import { textBesideCalls } from "./text-beside-calls.ts";
import { tooFewRecords } from "./too-few-records.ts";
import { tooManyRecords } from "./too-many-records.ts";
import { tooManyTokens } from "./too-many-tokens.ts";
import { toolArgumentsSchema } from "./tool-arguments-schema.ts";
import { toolArguments } from "./tool-arguments.ts";
import { toolCallId } from "./tool-call-id.ts";
import { toolWithoutCall } from "./tool-without-call.ts";
import { toolsRefused } from "./tools-refused.ts";
import { truncatedAnswer } from "./truncated-answer.ts";
import { unansweredCall } from "./unanswered-call.ts";
import { undeclaredTool } from "./undeclared-tool.ts";
import { unknownFormat } from "./unknown-format.ts";
import { unknownKey } from "./unknown-key.ts";
import { unknownRole } from "./unknown-role.ts";
import { utf16 } from "./utf-16.ts";
import { wrongFormat } from "./wrong-format.ts";
import { wrongLastMessage } from "./wrong-last-message.ts";
import { wrongShape } from "./wrong-shape.ts";

/** The rules that look at one record, in the order in which their findings at one place are told. */
export const recordRules: readonly RecordRule[] = [
  invalidJson,
  notAnObject,
  duplicateKey,
  loneSurrogate,
  multiLineRecord,
  wrongShape,
  unknownKey,
  ambiguousRecord,
  unknownRole,
  missingContent,
  textAndContent,
  emptyContent,
  messageCount,
  misplacedSystem,
  misplacedPrefix,
  roleOrder,
  noAssistantMessage,
  noUserMessage,
  wrongLastMessage,
  invalidWeight,
  nothingTrained,
  toolsRefused,
  invalidTool,
  duplicateTool,
  legacyFunctions,
  toolWithoutCall,
  unansweredCall,
  toolCallId,
  toolArguments,
  undeclaredTool,
  toolArgumentsSchema,
  parallelCalls,
  textBesideCalls,
  invalidAnswer,
  identicalAnswers,
  missingGraderField,
  graderNewline,
  reasoningPhrase,
  tooManyTokens,
  misspeltKey,
  contentForm,
  refusedMedia,
  invalidImage,
  imageRole,
  imageCount,
  imageMismatch,
  specialToken,
  reservedText,
  templateLeftover,
  surroundingSpace,
  nullText,
  mojibake,
  boilerplate,
  truncatedAnswer,
  secret,
  personalData,
];

/** The rules that look at the file as a whole. */
export const datasetRules: readonly DatasetRule[] = [
  byteOrderMark,
  utf16,
  notUtf8,
  emptyFile,
  jsonArray,
  carriageReturn,
  blankLine,
  unknownFormat,
  wrongFormat,
  mixedFormats,
  duplicateRecord,
  inconsistentGraderFields,
  constantGraderValue,
  longGraderValue,
  tooFewRecords,
  tooManyRecords,
  fileTooLarge,
  mixedMedia,
  constantAnswer,
  constantQuestion,
  mixedOutput,
  mixedReasoning,
  labelVariants,
  labelImbalance,
  conflictingAnswer,
  nearDuplicate,
  leakedRecord,
  missingClass,
  systemPromptDrift,
  mixedLanguages,
  answerLengthBias,
  suspiciousLabel,
  outlyingLength,
];

/** What is known of every rule, in the order of their names. */
export const ruleFacts: readonly RuleFacts[] = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1));
