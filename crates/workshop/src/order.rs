//! The protocol: a client orders a canvas in one line, and gets one line as the answer.

use std::fmt;
use std::time::Duration;

/// How much of a bad line its error repeats.
const MOST_REPEATED: usize = 20;

/// A drying time that is longer is a mistake.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// An order: `PAINT sky 2s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What the canvas shows.
    pub name: String,
    /// How long it dries.
    pub drying: Duration,
}

impl Order {
    /// Reads an order from a line, with or without its end.
    ///
    /// # Errors
    /// If the line is no order. The error is the answer to it.
    ///
    /// ```
    /// use paintdry_workshop::Order;
    /// use std::time::Duration;
    ///
    /// let order = Order::parse(b"PAINT sky 2s\n").unwrap();
    /// assert_eq!((&*order.name, order.drying), ("sky", Duration::from_secs(2)));
    /// assert_eq!(Order::parse(b"DANCE").unwrap_err().to_string(), r#"unknown command "DANCE": send PAINT NAME TIME"#);
    /// ```
    pub fn parse(line: &[u8]) -> Result<Self, BadLine> {
        let text = std::str::from_utf8(line).map_err(|_| BadLine::NotText)?;
        let mut words = text.split_whitespace();
        match words.next() {
            Some("PAINT") => {}
            Some(command) => return Err(BadLine::Command(command.chars().take(MOST_REPEATED).collect())),
            None => return Err(BadLine::Empty),
        }
        let (Some(name), Some(drying), None) = (words.next(), words.next(), words.next()) else {
            return Err(BadLine::Words);
        };
        match humantime::parse_duration(drying) {
            Ok(duration) if duration <= LONGEST => Ok(Self { name: name.to_owned(), drying: duration }),
            _ => Err(BadLine::Time(drying.chars().take(MOST_REPEATED).collect())),
        }
    }
}

/// Why a line is not an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadLine {
    /// It has no words.
    Empty,
    /// It is not UTF-8.
    NotText,
    /// It has more bytes than this.
    TooLong(usize),
    /// It begins with this word.
    Command(String),
    /// After the command it has fewer or more than two words.
    Words,
    /// This is no time, or too long a time.
    Time(String),
}

/// The sentence of the answer. The text of the client is shown in quotes, with its control characters escaped.
impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "an empty line: send PAINT NAME TIME"),
            Self::NotText => write!(f, "not UTF-8: send text"),
            Self::TooLong(most) => write!(f, "a line has at most {most} bytes: this one was skipped"),
            Self::Command(command) => write!(f, "unknown command {command:?}: send PAINT NAME TIME"),
            Self::Words => write!(f, "PAINT needs a name and a time, each one word: PAINT sky 2s"),
            Self::Time(time) => write!(f, "{time:?} is not a time up to 24h, such as 2s or 500ms"),
        }
    }
}

/// The answer to a line. In text it is one line, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The canvas is dry: `DRY sky`.
    Dry(String),
    /// The queue is full: `BUSY sky`.
    Busy(String),
    /// The canvas was not dry in time: `LATE sky`.
    Late(String),
    /// Painting it failed: `FAILED sky`.
    Failed(String),
    /// The workshop has closed before the canvas was dry: `CLOSED sky`.
    Closed(String),
    /// The line is not an order: `ERROR not UTF-8: send text`.
    Error(BadLine),
    /// The client has sent nothing for too long: `BYE`.
    Bye,
    /// What the workshop has counted: `STATS clients=3 …`.
    Stats(String),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dry(name) => write!(f, "DRY {name}"),
            Self::Busy(name) => write!(f, "BUSY {name}"),
            Self::Late(name) => write!(f, "LATE {name}"),
            Self::Failed(name) => write!(f, "FAILED {name}"),
            Self::Closed(name) => write!(f, "CLOSED {name}"),
            Self::Error(error) => write!(f, "ERROR {error}"),
            Self::Bye => write!(f, "BYE"),
            Self::Stats(counts) => write!(f, "STATS {counts}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bad_line_gets_one_line_that_says_what_to_send() {
        let long = "D".repeat(99);
        for (line, answer) in [
            (&b""[..], "ERROR an empty line: send PAINT NAME TIME"),
            (b"  \r\n", "ERROR an empty line: send PAINT NAME TIME"),
            (b"PAINT \xff 2s", "ERROR not UTF-8: send text"),
            (b"paint sky 2s", "ERROR unknown command \"paint\": send PAINT NAME TIME"),
            (b"\x1b[2J", "ERROR unknown command \"\\u{1b}[2J\": send PAINT NAME TIME"),
            (long.as_bytes(), "ERROR unknown command \"DDDDDDDDDDDDDDDDDDDD\": send PAINT NAME TIME"),
            (b"PAINT", "ERROR PAINT needs a name and a time, each one word: PAINT sky 2s"),
            (b"PAINT sky", "ERROR PAINT needs a name and a time, each one word: PAINT sky 2s"),
            (b"PAINT the sky 2s", "ERROR PAINT needs a name and a time, each one word: PAINT sky 2s"),
            (b"PAINT sky -2s", "ERROR \"-2s\" is not a time up to 24h, such as 2s or 500ms"),
            (b"PAINT sky 25h", "ERROR \"25h\" is not a time up to 24h, such as 2s or 500ms"),
            (
                b"PAINT sky 99999999999999999999y",
                "ERROR \"99999999999999999999\" is not a time up to 24h, such as 2s or 500ms",
            ),
        ] {
            let error = Order::parse(line).map(|order| order.name).expect_err("it is no order");
            assert_eq!(Answer::Error(error).to_string(), answer);
        }
    }

    #[test]
    fn spaces_do_not_matter() {
        let order = Order::parse(b"  PAINT\tsky   1m30s \r\n").expect("it is an order");
        assert_eq!(order, Order { name: "sky".to_owned(), drying: Duration::from_secs(90) });
    }
}
