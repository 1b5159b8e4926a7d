// Runs before the first paint: sets the theme and language chosen earlier or asked for, then loads the page, and for
// its workers the node.
(() => {
  const { dataset } = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const theme = asked.get("theme") ?? kept("tabchain.theme");
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  const tags = [asked.get("lang") ?? kept("tabchain.lang"), ...navigator.languages];
  const tag = tags.find((tag) => /^(zh|en)\b/i.test(tag ?? ""));
  if (/^zh/i.test(tag ?? "")) document.documentElement.lang = "zh-CN";

  addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll("[data-lacking]")) place.textContent = dataset.unable || place.textContent;
    const crash = document.getElementById("crash");
    crash.querySelector("[data-crash=reload]").onclick = () => location.reload();
    crash.querySelector("[data-crash=copy]").onclick = () => {
      const report = crash.querySelector("[data-crash-report]");
      getSelection().selectAllChildren(report);
      navigator.clipboard?.writeText(report.textContent).catch(() => {});
    };
  });

  // Without these nothing runs. The module of three instructions has a 128-bit vector in it.
  const vectors = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);
  const hasModules = typeof WebAssembly === "object";
  const needed = {
    "WebAssembly": hasModules,
    "WebAssembly SIMD": hasModules && WebAssembly.validate(vectors),
    "Web Workers": typeof Worker === "function",
    "crypto.getRandomValues": typeof globalThis.crypto?.getRandomValues === "function",
  };
  const lacking = Object.keys(needed).filter((name) => !needed[name]);
  if (lacking.length > 0) {
    dataset.unable = lacking.join(", ");
    return;
  }

  // A release has a version (scripts/release.sh) that keeps caches from mixing two of them.
  const { release } = dataset;
  const file = (name) => new URL(release ? `./${name}?${release}` : `./${name}`, document.baseURI).href;
  // Compiled while it arrives where the host says what it is, so that the browser can keep the compiled code.
  const compiled = async (name, priority) => {
    const answer = await fetch(file(name), { priority });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    const isNamed = /^application\/wasm\b/.test(answer.headers.get("Content-Type") ?? "");
    return isNamed && WebAssembly.compileStreaming
      ? WebAssembly.compileStreaming(answer)
      : WebAssembly.compile(await answer.arrayBuffer());
  };
  const page = Promise.all([import(file("page.js")), compiled("page_bg.wasm", "high")]);
  const node = compiled("node_bg.wasm", "low");
  // The page says so when it starts its node.
  node.catch(() => {});
  globalThis.tabchainWorkers = { loader: file("loader.js"), glue: file("node.js"), module: node };
  page
    .then(([glue, module]) => glue.default({ module_or_path: module }))
    .catch((error) => {
      dataset[error instanceof WebAssembly.CompileError ? "unable" : "failed"] = "";
      throw error;
    });
})();
