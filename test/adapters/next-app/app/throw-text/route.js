export { failText as GET } from "../../lib/handlers.js";
