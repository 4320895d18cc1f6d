export { hook as GET } from "../../../lib/handlers.js";
