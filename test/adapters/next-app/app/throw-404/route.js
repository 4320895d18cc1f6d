export { notFound as GET } from "../../lib/handlers.js";
