export { ok as GET } from "../../lib/handlers.js";
