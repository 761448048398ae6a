//! What repeats a run: an exact schedule, or the number that seeds random ones.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The choices of one run: at each turn for which several tasks were ready, the task that ran. And in a turn with a
/// [`select`](crate::select) or a [`cancel_at_any_await`](crate::cancel_at_any_await), the branch.
///
/// The text lists the departures from the loop's own order. `2:1,5:3` means: at the second choice the task after the first,
/// at the fifth the third after the first, at all others the first. `1:0` departs nowhere.
///
/// ```
/// use paintdry_explore::Schedule;
///
/// let schedule: Schedule = "2:1,5:3".parse()?;
/// assert_eq!(schedule.choices(), [0, 1, 0, 0, 3]);
/// assert_eq!(schedule.to_string(), "2:1,5:3");
/// # Ok::<(), paintdry_explore::ParseSeedError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Schedule {
    choices: Vec<u32>,
}

/// A text may name no later choice than this, because the list of choices up to it is kept.
pub(crate) const LAST_CHOICE: usize = 1_000_000;

impl Schedule {
    /// A schedule with these choices, each a position among the ready tasks, and then the loop's own order.
    #[must_use]
    pub fn new(mut choices: Vec<u32>) -> Self {
        let used = choices.iter().rposition(|choice| *choice != 0).map_or(0, |last| last + 1);
        choices.truncate(used);
        Self { choices }
    }

    /// The choices up to the last one that departs from the loop's own order.
    #[must_use]
    pub fn choices(&self) -> &[u32] {
        &self.choices
    }

    /// How often it departs from the loop's own order.
    #[must_use]
    pub fn departures(&self) -> usize {
        self.choices.iter().filter(|choice| **choice != 0).count()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let departures = self.choices.iter().enumerate().filter(|(_, choice)| **choice != 0);
        for (count, (position, choice)) in departures.enumerate() {
            write!(f, "{}{}:{choice}", if count > 0 { "," } else { "" }, position + 1)?;
        }
        if self.choices.is_empty() { write!(f, "1:0") } else { Ok(()) }
    }
}

impl FromStr for Schedule {
    type Err = ParseSeedError;

    fn from_str(text: &str) -> Result<Self, ParseSeedError> {
        let mut choices = Vec::new();
        for departure in text.split(',') {
            let (position, choice) = departure.split_once(':').ok_or(ParseSeedError)?;
            let position: usize = number(position)?;
            let choice = number(choice)?;
            if position <= choices.len() || position > LAST_CHOICE {
                return Err(ParseSeedError);
            }
            choices.resize(position - 1, 0);
            choices.push(choice);
        }
        Ok(Self::new(choices))
    }
}

/// What repeats a run, or many.
///
/// ```
/// use paintdry_explore::Seed;
///
/// assert_eq!("42".parse(), Ok(Seed::Random(42)));
/// assert!(matches!("2:1".parse(), Ok(Seed::Exact(_))));
/// assert!("tea".parse::<Seed>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seed {
    /// Random orders, the same each time.
    Random(u64),
    /// One order.
    Exact(Schedule),
}

impl From<u64> for Seed {
    fn from(number: u64) -> Self {
        Self::Random(number)
    }
}

impl From<Schedule> for Seed {
    fn from(schedule: Schedule) -> Self {
        Self::Exact(schedule)
    }
}

impl FromStr for Seed {
    type Err = ParseSeedError;

    fn from_str(text: &str) -> Result<Self, ParseSeedError> {
        if text.contains(':') { text.parse().map(Self::Exact) } else { number(text).map(Self::Random) }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random(number) => write!(f, "{number}"),
            Self::Exact(schedule) => write!(f, "{schedule}"),
        }
    }
}

/// Reads digits, and nothing else: no sign, no blank.
fn number<T: FromStr>(text: &str) -> Result<T, ParseSeedError> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_err(|_| ParseSeedError)
    } else {
        Err(ParseSeedError)
    }
}

/// The text is not a seed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ParseSeedError;

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for ParseSeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ParseSeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "write a whole number, such as 42, or a schedule as a failure shows it, such as 2:1,5:3")
    }
}

impl Error for ParseSeedError {}

/// Random numbers: the same for the same seed, on every machine (splitmix64).
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        crate::hashes::mix(self.0, 0)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}
