export { fields as GET } from "../../../lib/handlers.js";
