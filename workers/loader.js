// Starts a worker: its maker sends the role, the address of the module's JavaScript, and the compiled module.
self.onmessage = ({ data }) => {
  self.onmessage = null;
  self.tabchainWorker = data;
  import(data.glue)
    .then((glue) => glue.default({ module_or_path: data.module }))
    .catch((error) => {
      // Thrown outside the promise, so that it reaches the `error` listener of whoever made this worker.
      setTimeout(() => { throw error; });
    });
};
