//! A static file server in one file of standard Rust: `make run` compiles it with `rustc` and serves `dist` with it,
//! and the end-to-end tests use it as a module, under a sub-path and noting what was requested.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Longest request line or header line read, bytes.
const LINE_BYTES_MAX: u64 = 16 * 1024;

/// A folder served over HTTP until the process ends.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The path it serves the folder under: starts and ends with a slash.
    pub base: String,
    requested: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// What is served now; nothing: who asks gets no answer, as without a network.
    folder: Arc<Mutex<Option<PathBuf>>>,
}

impl Server {
    /// Serves `folder` on 127.0.0.1 at `port` (0: any free one) under the path `base`.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub fn start(folder: &Path, port: u16, base: &str) -> io::Result<Server> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let requested = Arc::new(Mutex::new(BTreeSet::new()));
        let served = Arc::new(Mutex::new(Some(folder.to_owned())));
        let server = Server {
            address: listener.local_addr()?,
            base: base.to_owned(),
            requested: requested.clone(),
            folder: served.clone(),
        };
        let base = base.to_owned();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(folder) = served.lock().ok().and_then(|folder| folder.clone()) else { continue };
                let (base, requested) = (base.clone(), requested.clone());
                // A browser that goes away in the middle of an answer is no one's error.
                thread::spawn(move || answer(stream, &folder, &base, &requested).ok());
            }
        });
        Ok(server)
    }

    /// The address to open.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Serves another folder from now on, or nothing: then nobody is answered.
    pub fn serve(&self, folder: Option<&Path>) {
        if let Ok(mut served) = self.folder.lock() {
            *served = folder.map(Path::to_owned);
        }
    }

    /// The files sent so far, each once.
    pub fn requested(&self) -> BTreeSet<PathBuf> {
        self.requested.lock().map(|files| files.clone()).unwrap_or_default()
    }
}

fn answer(stream: TcpStream, folder: &Path, base: &str, requested: &Mutex<BTreeSet<PathBuf>>) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let request_line = read_line(&mut reader)?;
    let mut takes_gzip = false;
    loop {
        let line = read_line(&mut reader)?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        takes_gzip |= line.strip_prefix("accept-encoding:").is_some_and(|list| list.contains("gzip"));
    }

    let mut words = request_line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method != "GET" && method != "HEAD" {
        return send(stream, "405 Method Not Allowed", "text/plain", b"only GET and HEAD", true);
    }
    let Some(file) = file_of(target, folder, base) else {
        return send(stream, "404 Not Found", "text/plain; charset=utf-8", b"not found", method == "GET");
    };
    if let Ok(mut files) = requested.lock() {
        files.insert(file.clone());
    }
    // What the build has compressed is sent so to whoever can read it.
    let packed = takes_gzip.then(|| fs::read(with_gz(&file)).ok()).flatten();
    let encoding = if packed.is_some() { "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n" } else { "" };
    // A file that is asked for by its release is the same for ever; a page's query means something else.
    let is_for_ever = target.contains('?') && file.extension().is_some_and(|extension| extension != "html");
    let cache = if is_for_ever { "max-age=31536000, immutable" } else { "no-cache" };
    let headers = format!("{encoding}Cache-Control: {cache}\r\n");
    let body = packed.map_or_else(|| fs::read(&file), Ok)?;
    send_with(stream, "200 OK", content_type(&file), &headers, &body, method == "GET")
}

fn with_gz(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    PathBuf::from(name)
}

fn read_line(reader: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    io::Read::take(&mut *reader, LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// The file a request target names, if it lies in the folder; of a folder, its index.html.
fn file_of(target: &str, folder: &Path, base: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix(base)?;
    let path = Path::new(path);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = folder.join(path);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.is_file().then_some(file)
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}

fn send(stream: TcpStream, status: &str, content_type: &str, body: &[u8], with_body: bool) -> io::Result<()> {
    send_with(stream, status, content_type, "Cache-Control: no-cache\r\n", body, with_body)
}

fn send_with(
    mut stream: TcpStream,
    status: &str,
    content_type: &str,
    headers: &str,
    body: &[u8],
    with_body: bool,
) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n{headers}\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if with_body {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// `serve FOLDER PORT`
fn main() {
    let mut arguments = std::env::args().skip(1);
    let (folder, port) = (arguments.next(), arguments.next().and_then(|port| port.parse().ok()));
    let (Some(folder), Some(port)) = (folder, port) else {
        eprintln!("usage: serve FOLDER PORT");
        std::process::exit(2);
    };
    match Server::start(Path::new(&folder), port, "/") {
        Ok(server) => {
            println!("Tabchain is at {}  (Ctrl-C stops it)", server.url());
            loop {
                thread::park();
            }
        }
        Err(error) => {
            eprintln!("port {port} cannot be used: {error}. Another one: make run PORT=8090");
            std::process::exit(1);
        }
    }
}
