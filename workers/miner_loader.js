// Starts the miner worker's module. A classic script: every browser's workers take those.
importScripts("./miner.js" + location.search);
wasm_bindgen({ module_or_path: "./miner_bg.wasm" + location.search }).catch((error) => {
  // Thrown outside the promise, so that it reaches the `error` listener of whoever made this worker.
  setTimeout(() => { throw error; });
});
