//! The message about a broken promise.

use std::fmt;

/// A promise of [`Runtime`](paintdry_core::Runtime) that an implementation does not keep. Its `Display` is a message of
/// several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The promise.
    pub promise: &'static str,
    /// The promise in the words of the trait's documentation.
    pub trait_says: &'static str,
    /// What happened instead.
    pub happened: String,
    /// The first and the last events of the check: which task did what, and when.
    pub log: Vec<String>,
    /// Where the fault usually is.
    pub look_at: &'static str,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.promise)?;
        writeln!(f, "  the trait says: \u{201c}{}\u{201d}", self.trait_says)?;
        writeln!(f, "  but {}", self.happened)?;
        writeln!(f, "  the event log:{}", if self.log.is_empty() { " no events" } else { "" })?;
        for line in &self.log {
            writeln!(f, "    {line}")?;
        }
        write!(f, "  where to look: {}", self.look_at)
    }
}

/// The message about all promises that `runtime` breaks: the first three in full, the others by name.
pub(crate) fn message(runtime: &str, broken: &[Broken]) -> String {
    const IN_FULL: usize = 3;
    let numbered = broken.iter().zip(1..);
    let first = numbered.clone().take(IN_FULL).map(|(broken, n)| format!("{n}. {broken}\n\n"));
    let others = numbered.skip(IN_FULL).map(|(broken, n)| format!("{n}. {}\n", broken.promise));
    let list: String = first.chain(others).collect();
    let advice = if broken.len() > 1 { "\nBegin with the first: it may be why the others are broken.\n" } else { "" };
    format!("`{runtime}` breaks {} of the promises of `Runtime`\n\n{list}{advice}", broken.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_which_promise_what_happened_which_tasks_ran_and_where_to_look() {
        let log = vec!["   0.001 ms  task 0 runs".to_owned()];
        let broken = Broken {
            promise: "a task ends",
            trait_says: "It ends.",
            happened: "it ran on".to_owned(),
            log,
            look_at: "the end",
        };
        let expected = "a task ends\n  the trait says: “It ends.”\n  but it ran on\n  the event log:\n       0.001 ms  task 0 runs\n  where to look: the end";
        assert_eq!(broken.to_string(), expected);
        let silent = Broken { log: Vec::new(), ..broken };
        assert!(silent.to_string().contains("the event log: no events\n"));
    }

    #[test]
    fn of_many_broken_promises_the_first_are_shown_in_full() {
        let promises = ["p1", "p2", "p3", "p4", "p5"];
        let broken = promises.map(|promise| Broken {
            promise,
            trait_says: "",
            happened: format!("{promise} broke"),
            log: Vec::new(),
            look_at: "",
        });
        let all = message("own", &broken);
        assert!(all.starts_with("`own` breaks 5 of the promises of `Runtime`\n\n1. p1\n"), "{all}");
        assert!(all.contains("p3 broke") && !all.contains("p4 broke"), "{all}");
        assert!(
            all.ends_with("\n\n4. p4\n5. p5\n\nBegin with the first: it may be why the others are broken.\n"),
            "{all}"
        );
        assert!(!message("own", &broken[..1]).contains("Begin with the first"));
    }
}
