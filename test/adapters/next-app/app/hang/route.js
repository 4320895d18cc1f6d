export { hang as GET } from "../../lib/handlers.js";
