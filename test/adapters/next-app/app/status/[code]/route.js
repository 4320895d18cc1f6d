export { status as GET } from "../../../lib/handlers.js";
