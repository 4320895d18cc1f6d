export { sse as GET } from "../../lib/handlers.js";
