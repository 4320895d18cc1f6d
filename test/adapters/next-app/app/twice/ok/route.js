export { twice as GET } from "../../../lib/handlers.js";
