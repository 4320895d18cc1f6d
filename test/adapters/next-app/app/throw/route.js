export { fail as GET } from "../../lib/handlers.js";
