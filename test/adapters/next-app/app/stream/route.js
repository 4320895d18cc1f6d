export { stream as GET } from "../../lib/handlers.js";
