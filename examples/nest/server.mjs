import { Controller, Get, Inject, Module, Param } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { createTaffrail } from "taffrail";
import { TAFFRAIL, TaffrailModule } from "taffrail/nest";

const kit = createTaffrail({ serviceName: "hello" });

class HelloController {
  constructor(kit) {
    this.kit = kit;
  }
  hello(name) {
    this.kit.log.info("saying hello");
    return { hello: name };
  }
  fail() {
    throw new Error("no such luck", { cause: new TypeError("a reason") });
  }
}
class AppModule {}

// What decorators do in TypeScript: @Controller() class …, @Get("hello/:name") hello(@Param("name") name).
Controller()(HelloController);
Inject(TAFFRAIL)(HelloController, undefined, 0);
Param("name")(HelloController.prototype, "hello", 0);
const method = (name) => [
  HelloController.prototype,
  name,
  Object.getOwnPropertyDescriptor(HelloController.prototype, name),
];
Get("hello/:name")(...method("hello"));
Get("fail")(...method("fail"));
Module({ imports: [TaffrailModule.forRoot(kit)], controllers: [HelloController] })(AppModule);

const app = await NestFactory.create(AppModule);
kit.onClose("nest", () => app.close()); // Nest's own hooks, after the last request
await kit.listen();
const server = await app.listen(Number(process.env.PORT ?? 3000));
kit.log.info({ port: server.address().port }, "listening");
