export { propagate as GET } from "../../lib/handlers.js";
