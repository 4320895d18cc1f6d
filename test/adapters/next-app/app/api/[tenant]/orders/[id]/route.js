export { order as GET } from "../../../../../lib/handlers.js";
