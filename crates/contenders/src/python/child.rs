//! A process that says who it is, and then answers each line with a line. Each is a JSON object.

use crate::contender::Fault;
use paintdry_terminal::program::{Dialogue, Silence};
use serde_json::Value;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::Command;
use std::time::Duration;

/// The process. Dropping this ends it.
pub(super) struct Child {
    process: Dialogue,
    limit: Duration,
    hello: Value,
}

impl Child {
    /// Starts `program` and waits for its first line. No answer may take longer than `limit`.
    ///
    /// # Errors
    /// Absent if the program is not there or says that it is; failed if it says nothing, or nonsense.
    pub(super) fn start(program: &OsStr, arguments: &[&str], limit: Duration) -> Result<Self, Fault> {
        let mut command = Command::new(program);
        command.args(arguments);
        let process = Dialogue::start(command).map_err(|error| {
            let program = program.display();
            Fault::Absent(match error.kind() {
                ErrorKind::NotFound => format!("there is no {program} (the variable PYTHON can name another)"),
                _ => format!("{program} does not start: {error}"),
            })
        })?;
        let mut child = Self { process, limit, hello: Value::Null };
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

    /// Sends one line and waits for the answer.
    ///
    /// # Errors
    /// If there is none, or it is an error. Do not use the process after that.
    pub(super) fn ask(&mut self, command: &Value) -> Result<Value, Fault> {
        self.process.tell(&command.to_string());
        self.answer()
    }

    fn answer(&mut self) -> Result<Value, Fault> {
        let line = self.process.listen(self.limit).map_err(|silence| {
            Fault::Failed(match silence {
                Silence::TimedOut => format!("Python gave no answer for {:?}", self.limit),
                Silence::Ended => format!("Python ended: {}", self.last_words()),
            })
        })?;
        let answer: Value = serde_json::from_str(&line)
            .map_err(|_| Fault::Failed(format!("Python's answer is not JSON: {line:?}; {}", self.last_words())))?;
        match answer["error"].as_str() {
            Some(error) => Err(Fault::Failed(error.to_owned())),
            None => Ok(answer),
        }
    }

    /// Ends the process; the last line of its standard error.
    fn last_words(&mut self) -> String {
        let said = self.process.end();
        said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("it did not say why").to_owned()
    }
}
