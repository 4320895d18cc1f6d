export { large as GET } from "../../lib/handlers.js";
