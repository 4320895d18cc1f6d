export { reject as GET } from "../../lib/handlers.js";
