// Next compiles this file for the edge runtime too, which has no Node: what is in these blocks is left out there.
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const [taffrail, { kit }] = await Promise.all([import("taffrail/next"), import("./lib/kit.js")]);
    await taffrail.register(kit);
  }
}

export async function onRequestError(...args) {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const taffrail = await import("taffrail/next");
    taffrail.onRequestError(...args);
  }
}
