import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { Models } from "../models.ts";

/** `/models`: list, retrieve. */
export function modelRoutes(models: Models): Hono {
  const show = (model: { readonly id: string; readonly created: number; readonly owned_by: string }) => ({ object: "model", ...model });
  return new Hono()
    .get("/", (context) => context.json({ object: "list", data: models.list().map(show) }))
    .get("/:id{.+}", (context) => {
      const id = context.req.param("id");
      const model = models.list().find((each) => each.id === id);
      if (!model) throw new ApiError(404, `The model '${id}' does not exist`, "model_not_found", "model");
      return context.json(show(model));
    });
}
