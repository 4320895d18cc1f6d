export { redirect as GET } from "../../lib/handlers.js";
