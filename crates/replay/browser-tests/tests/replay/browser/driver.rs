//! The process of chromedriver, which the tests of this binary share.

use super::process::Browser;
use super::programs::chromedriver;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

/// Starts chromedriver, and ends it when the other end of the input is closed. So it ends even if the tests
/// are killed.
const GUARDED: &str = r#""$1" --port=0 --log-level=SEVERE & exec > /dev/null; cat; kill $! 2> /dev/null; wait"#;

/// A running chromedriver. It ends, and all its browsers with it, when the last test that uses it does.
#[derive(Debug)]
pub(super) struct Driver {
    process: Child,
    port: u16,
    /// Browsers for the next tests: to start one takes about a second.
    kept: Mutex<Vec<Browser>>,
}

impl Driver {
    /// The driver of this binary; started if no other test has it running.
    pub(super) fn shared() -> Arc<Self> {
        // Weak, because what a static owns is never dropped, and a process would be left behind.
        static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let driver = Arc::new(Self::start());
            *shared = Arc::downgrade(&driver);
            driver
        })
    }

    fn start() -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", GUARDED, "sh"]).arg(chromedriver());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("a shell starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
        // Before it knows the port it says that it starts "on port 0".
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse().ok()
        });
        // A thread has to read on, or it stops when the pipe is full.
        thread::spawn(move || lines.for_each(drop));
        let mut driver = Self { process, port: 0, kept: Mutex::default() };
        driver.port = port.expect("chromedriver says on which port it listens");
        driver
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A browser that another test has left as it found it.
    pub(super) fn kept(&self) -> Option<Browser> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Keeps a browser for the next test.
    pub(super) fn keep(&self, browser: Browser) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(browser);
    }

    /// Asks it to close its browsers and to end; without an answer if that fails.
    fn ask_to_end(&self) -> Option<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok()?;
        stream.read_to_end(&mut Vec::new()).ok()?;
        Some(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.ask_to_end(); // what does not end when it is asked is killed
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
