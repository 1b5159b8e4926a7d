// Starts a worker: its maker sends the role, the address of the module's JavaScript, and the compiled module.
self.onmessage = ({ data }) => {
  self.onmessage = null;
  self.tabchainWorker = data;
  // Thrown outside of any promise, so that it reaches the `error` listener of whoever made this worker.
  const tell = (error) => setTimeout(() => { throw error; });
  // What ends a module for good: it trapped, or its stack or memory is used up.
  const ends = (error) =>
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error?.name === "InternalError";
  // A trap inside a promise's callback would reach nobody.
  self.addEventListener("unhandledrejection", (event) => {
    if (!ends(event.reason)) return;
    event.preventDefault();
    tell(event.reason);
  });
  import(data.glue)
    .then((glue) => glue.default({ module_or_path: data.module }))
    .then(() => {
      // From now on what does not end the module is for the console only: some browsers report a refused write here.
      self.addEventListener("error", (event) => {
        if (ends(event.error)) return;
        event.preventDefault();
        console.warn(event.message, event.error);
      });
    })
    .catch(tell);
};
