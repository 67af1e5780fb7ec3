/** A refusal in OpenAI's shape: `{"error": {"message", "type", "param", "code"}}` with an HTTP status. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503;
  readonly code: string | null;
  readonly param: string | null;

  constructor(status: ApiError["status"], message: string, code: string | null = null, param: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }

  toJson() {
    return { error: { message: this.message, type: this.status >= 500 ? "server_error" : "invalid_request_error", param: this.param, code: this.code } };
  }
}
