"""Goes the way of a fine-tuning with the stock client: files, job, events, checkpoints, chat. Prints what the engine answered, as JSON lines of a schema's name and a value."""

import json
import sys
import time

from openai import APIStatusError, OpenAI

base_url, token, file = sys.argv[1:]
client = OpenAI(base_url=base_url, api_key=token, max_retries=0)


def tell(schema, response):
    """The answer as it came, before the client made an object of it; gives the object."""
    print(json.dumps([schema, json.loads(response.text)]), flush=True)
    return response.parse()


with open(file, "rb") as content:
    uploaded = tell("OpenAIFile", client.files.with_raw_response.create(file=content, purpose="fine-tune"))
tell("OpenAIFile", client.files.with_raw_response.retrieve(uploaded.id))
hyperparameters = {"n_epochs": 1, "batch_size": 2, "max_steps": 2, "lora_layers": 1}
jobs = client.fine_tuning.jobs
job = tell("FineTuningJob", jobs.with_raw_response.create(model="smollm2-135m-instruct", training_file=uploaded.id, seed=3, suffix="py", method={"type": "supervised", "supervised": {"hyperparameters": hyperparameters}}))
while job.status in ("validating_files", "queued", "running"):
    time.sleep(0.5)
    job = jobs.retrieve(job.id)
tell("FineTuningJob", jobs.with_raw_response.retrieve(job.id))
tell("ListPaginatedFineTuningJobsResponse", jobs.with_raw_response.list(limit=1))
tell("ListFineTuningJobEventsResponse", jobs.with_raw_response.list_events(job.id, limit=100))
assert sum(1 for _ in jobs.list_events(job.id, limit=2)) > 4, "all pages of the events"
checkpoints = tell("ListFineTuningJobCheckpointsResponse", jobs.checkpoints.with_raw_response.list(job.id))
messages = [{"role": "user", "content": "Say hello."}]
for model in (job.fine_tuned_model, checkpoints.data[0].fine_tuned_model_checkpoint):
    tell("CreateChatCompletionResponse", client.chat.completions.with_raw_response.create(model=model, messages=messages, max_completion_tokens=4, temperature=0, logprobs=True, top_logprobs=2))
for chunk in client.chat.completions.create(model=job.fine_tuned_model, messages=messages, max_completion_tokens=4, temperature=0, stream=True):
    print(json.dumps(["CreateChatCompletionStreamResponse", chunk.to_dict()]), flush=True)
try:
    client.fine_tuning.jobs.retrieve("ftjob-none")
except APIStatusError as error:
    print(json.dumps(["refusal", [error.status_code, error.code]]))
