import { createElement } from "react";
import { paymentError } from "../../lib/errors.js";

/** A page of the Pages Router: its errors are known by instrumentation.js alone. */
export default function Legacy({ id }) {
  return createElement("h1", null, `product ${id}`);
}

export function getServerSideProps({ params }) {
  if (params.id === "broken") throw paymentError();
  return { props: { id: params.id } };
}
