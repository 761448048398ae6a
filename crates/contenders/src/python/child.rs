//! A process that says who it is, and then answers each line with a line. Each is a JSON object.

use crate::contender::Fault;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use std::{iter, thread};

/// The process. When it is dropped, the process is killed and reaped.
pub(super) struct Child {
    process: std::process::Child,
    answers: Receiver<String>,
    complaints: Receiver<String>,
    patience: Duration,
    hello: Value,
}

impl Child {
    /// Starts `program` and waits for its first line. No answer may take longer than `patience`.
    ///
    /// # Errors
    /// Absent if the program is not there or says that it is; failed if it says nothing, or nonsense.
    pub(super) fn start(program: &OsStr, arguments: &[&str], patience: Duration) -> Result<Self, Fault> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().map_err(|error| {
            let program = program.display();
            Fault::Absent(match error.kind() {
                ErrorKind::NotFound => format!("there is no {program} (the variable PYTHON can name another)"),
                _ => format!("{program} does not start: {error}"),
            })
        })?;
        let output = process.stdout.take().expect("it is piped");
        let errors = process.stderr.take().expect("it is piped");
        let mut child =
            Self { process, answers: lines(output), complaints: lines(errors), patience, hello: Value::Null };
        let hello = child.answer()?;
        child.hello = hello["hello"].clone();
        match hello["absent"].as_str() {
            Some(reason) => Err(Fault::Absent(reason.to_owned())),
            None if child.hello.is_object() => Ok(child),
            None => Err(Fault::Failed(format!("Python did not say hello but {hello}"))),
        }
    }

    /// What it said of itself at the start.
    pub(super) fn hello(&self) -> &Value {
        &self.hello
    }

    /// The number of the process.
    #[cfg(all(test, target_os = "linux"))] // where a test looks whether it is gone
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends one line and waits for the answer.
    ///
    /// # Errors
    /// If there is none, or it is an error. Do not go on with the process then.
    pub(super) fn ask(&mut self, command: &Value) -> Result<Value, Fault> {
        if let Some(mut input) = self.process.stdin.as_ref() {
            let _ = input.write_all(format!("{command}\n").as_bytes());
        }
        // A process that is gone is found out here, with its last words.
        self.answer()
    }

    fn answer(&mut self) -> Result<Value, Fault> {
        let line = match self.answers.recv_timeout(self.patience) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => {
                return Err(Fault::Failed(format!("Python gave no answer for {:?}", self.patience)));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Fault::Failed(format!("Python ended: {}", self.last_words())));
            }
        };
        let answer: Value = serde_json::from_str(&line)
            .map_err(|_| Fault::Failed(format!("Python's answer is not JSON: {line:?}; {}", self.last_words())))?;
        match answer["error"].as_str() {
            Some(error) => Err(Fault::Failed(error.to_owned())),
            None => Ok(answer),
        }
    }

    /// Ends the process; the last line of its standard error.
    fn last_words(&mut self) -> String {
        self.end();
        // That nothing comes for a second happens only if the process has children that still hold its standard error.
        let next = || self.complaints.recv_timeout(Duration::from_secs(1)).ok();
        let last = iter::from_fn(next).filter(|line| !line.is_empty()).last();
        last.unwrap_or_else(|| "it did not say why".to_owned())
    }

    fn end(&mut self) {
        drop(self.process.stdin.take()); // if `program` is a script, what it started ends by this
        let _ = self.process.kill(); // it may have ended by itself
        let _ = self.process.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// The lines until the end, or until what cannot be read, by a thread. What is not UTF-8 is replaced.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        let all = BufReader::new(from).split(b'\n').map_while(Result::ok);
        all.map(|line| String::from_utf8_lossy(&line).trim_end().to_owned()).try_for_each(|line| sender.send(line))
    });
    lines
}
