import { notFound, redirect } from "next/navigation";
import { createElement } from "react";
import { paymentError } from "../../../lib/errors.js";

/** A page: no handler of it is wrapped, and its errors are known by instrumentation.js alone. */
export default async function Product({ params }) {
  const { id } = await params;
  if (id === "broken") throw paymentError();
  if (id === "missing") notFound();
  if (id === "moved") redirect("/products/1");
  return createElement("h1", null, `product ${id}`);
}
