// The same API in all that the tests use; @types/express is for 5.
declare module "express4" {
  import express from "express";
  export default express;
}
