export { root as GET } from "../../../lib/handlers.js";
