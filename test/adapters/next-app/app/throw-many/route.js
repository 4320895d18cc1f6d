export { failMany as GET } from "../../lib/handlers.js";
