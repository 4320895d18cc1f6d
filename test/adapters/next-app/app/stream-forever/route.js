export { streamForever as GET } from "../../lib/handlers.js";
