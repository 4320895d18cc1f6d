export { brokenBody as GET } from "../../lib/handlers.js";
