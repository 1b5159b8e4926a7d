//! One browser, freshly started over a server of `dist` under a sub-path.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use futures::FutureExt;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::serve::Server;

/// Longest wait for anything, on a slow machine with several nodes at work.
const DEADLINE: Duration = Duration::from_secs(120);

/// How a browser is started.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// Refuses sites all storage, as a user's privacy setting does.
    pub storage_refused: bool,
}

/// A browser, its driver and the server of the app.
pub struct Browser {
    pub driver: WebDriver,
    pub server: Server,
    chromedriver: Child,
    // Read to the end by no one, but kept open: chromedriver may write more.
    _chromedriver_output: Lines<BufReader<ChildStdout>>,
    profile: PathBuf,
}

/// Runs a test in a browser of its own, and ends that browser however the test ends. Without `TABCHAIN_DIST` (the
/// folder of the built app) it says so and passes: `make test-e2e` and `make screenshots` set it.
pub async fn in_browser<F, T>(settings: Settings, test: F)
where
    F: AsyncFnOnce(&Browser) -> T,
{
    let Some(dist) = std::env::var_os("TABCHAIN_DIST") else {
        eprintln!("SKIPPED: TABCHAIN_DIST does not name a built app; `make test-e2e` runs this");
        return;
    };
    let browser = Browser::start(Path::new(&dist), settings).await;
    let outcome = AssertUnwindSafe(test(&browser)).catch_unwind().await;
    if outcome.is_err() {
        browser.tell_state().await;
    }
    browser.stop().await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

impl Browser {
    async fn start(dist: &Path, settings: Settings) -> Browser {
        assert!(dist.join("index.html").is_file(), "{} holds no built app: run `make dist`", dist.display());
        let server = Server::start(dist, 0, "/some/where/").expect("a free port");
        let profile =
            std::env::temp_dir().join(format!("tabchain-browser-{}-{}", std::process::id(), server.address.port()));
        std::fs::create_dir_all(&profile).expect("the temporary folder is writable");

        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut chromedriver = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}): run `make setup`"));
        let mut output = BufReader::new(chromedriver.stdout.take().expect("it is piped")).lines();
        let port = loop {
            let line = output.next_line().await.expect("chromedriver's output").expect("chromedriver tells its port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };

        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
                "--window-size=1440,900", "--lang=en-US",
                format!("--user-data-dir={}", profile.display()),
            ],
        });
        if let Ok(chrome) = std::env::var("TABCHAIN_CHROME") {
            options["binary"] = json!(chrome);
        }
        if settings.storage_refused {
            options["prefs"] = json!({ "profile.default_content_setting_values.cookies": 2 });
        }
        let mut capabilities = Capabilities::new();
        for (key, value) in [
            ("browserName", json!("chrome")),
            ("goog:chromeOptions", options),
            ("goog:loggingPrefs", json!({ "browser": "ALL" })),
        ] {
            capabilities.set(key, value).expect("JSON values are capabilities");
        }
        let driver =
            WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.expect("the browser starts");
        driver.set_script_timeout(DEADLINE).await.expect("chromedriver takes a script timeout");
        Browser { driver, server, chromedriver, _chromedriver_output: output, profile }
    }

    async fn stop(mut self) {
        self.driver.quit().await.ok();
        self.chromedriver.kill().await.ok();
        std::fs::remove_dir_all(&self.profile).ok();
    }

    /// Sends a command of the Chrome DevTools protocol to the current tab.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What the consoles of all tabs have said since the last call, as `LEVEL message`.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.expect("chromedriver keeps the console's log");
        entries.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect()
    }

    /// Polls until the state is there; panics with what was waited for after the deadline.
    pub async fn wait_until(&self, what: &str, mut condition: impl AsyncFnMut() -> bool) {
        let started = Instant::now();
        while !condition().await {
            assert!(started.elapsed() < DEADLINE, "waited {DEADLINE:?} in vain until {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// After a failed test: the consoles and a picture of each tab.
    async fn tell_state(&self) {
        for line in self.driver.browser_log().await.unwrap_or_default() {
            eprintln!("console: {} {}", line.level, line.message);
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        for (number, window) in self.driver.windows().await.unwrap_or_default().into_iter().enumerate() {
            let picture = folder.join(format!("failed-tab-{number}.png"));
            if self.driver.switch_to_window(window).await.is_ok() && self.driver.screenshot(&picture).await.is_ok() {
                let url = self.driver.current_url().await.map(|url| url.to_string()).unwrap_or_default();
                eprintln!("tab {number}: {url}, picture {}", picture.display());
            }
        }
    }
}
