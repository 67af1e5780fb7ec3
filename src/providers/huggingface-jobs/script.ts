/** What the script's own words begin with, among the lines that libraries print. */
export const marker = "TUNESMITH ";

/** The image that the job runs in: Debian with Python 3.12 and uv. Source: `DEFAULT_UV_IMAGE` of Hugging Face's client. */
export const image = "ghcr.io/astral-sh/uv:python3.12-bookworm";

/** The packages that the script needs, pinned like those of the local engine. */
export const packages = ["torch==2.15.0", "transformers==5.23.0", "trl==1.16.0", "peft==0.21.2", "accelerate==1.15.0", "datasets==5.2.0", "huggingface_hub>=2.4,<3"];

/** Where datasets are mounted in the job, read-only. */
export const mountPath = "/tunesmith";

/** The names under which the job gets its request and the token that it saves the model with. */
export const requestVariable = "TUNESMITH_REQUEST";
export const tokenVariable = "HF_TOKEN";

/**
 * Trains with TRL what the request says and saves it on the Hub. The request is JSON: `method`, `model`, `training_file`, `validation_file`?, `output`
 * (the repository of the tuned model), `arguments` (of TRL's configuration), `lora`? (of PEFT's; none trains all weights).
 */
export const script = String.raw`
import json, os

request = json.loads(os.environ["${requestVariable}"])


def tell(kind, **values):
    print("${marker}" + json.dumps({"type": kind, **values}), flush=True)


# What TRL calls a number, and what Tunesmith does.
NAMES = {
    "loss": "train_loss",
    "mean_token_accuracy": "train_mean_token_accuracy",
    "eval_loss": "full_valid_loss",
    "eval_mean_token_accuracy": "full_valid_mean_token_accuracy",
    "grad_norm": "gradient_norm",
    "num_tokens": "tokens",
}


def main():
    from datasets import load_dataset
    from transformers import TrainerCallback

    class Report(TrainerCallback):
        def on_train_begin(self, args, state, control, **rest):
            tell("plan", total_steps=state.max_steps, message="Training begins")

        def on_log(self, args, state, control, logs=None, **rest):
            numbers = {NAMES.get(name, name): float(value) for name, value in (logs or {}).items() if isinstance(value, (int, float))}
            tell("metrics", step=state.global_step, total_steps=state.max_steps, metrics=numbers)

    def load(path):
        return load_dataset("json", data_files=path, split="train") if path else None

    if request["method"] == "dpo":
        from trl import DPOConfig as Config, DPOTrainer as Trainer
    else:
        from trl import SFTConfig as Config, SFTTrainer as Trainer
    lora = None
    if request.get("lora") is not None:
        from peft import LoraConfig

        lora = LoraConfig(task_type="CAUSAL_LM", target_modules="all-linear", **request["lora"])
    validation = load(request.get("validation_file"))
    arguments = Config(
        output_dir="output", hub_model_id=request["output"], hub_private_repo=True, logging_steps=1, save_strategy="epoch",
        eval_strategy="epoch" if validation is not None else "no", report_to="none", disable_tqdm=True, **request["arguments"],
    )
    trainer = Trainer(
        model=request["model"], args=arguments, train_dataset=load(request["training_file"]), eval_dataset=validation, peft_config=lora, callbacks=[Report()],
    )
    trainer.train()
    tell("stage", message="Saving the model on the Hub")
    trainer.push_to_hub()
    tell("done", message="Saved as " + request["output"])


try:
    main()
except Exception as error:
    tell("error", message=type(error).__name__ + ": " + str(error))
    raise
`;
