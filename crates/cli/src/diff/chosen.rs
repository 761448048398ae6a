//! Which runs of one or two recordings are compared, and what they are called.

use paintdry_core::listed;
use paintdry_diff::Run;
use paintdry_studio::Recording;
use paintdry_terminal::show::{one_line, shown_path};
use std::path::Path;

/// A recording, and the name of its file.
pub(super) struct File<'a> {
    pub(super) name: &'a Path,
    pub(super) recording: &'a Recording,
}

impl<'a> File<'a> {
    fn runs(&self) -> impl Iterator<Item = Run<'a>> + use<'a> {
        let recording = self.recording;
        (0..recording.runs.len()).filter_map(move |number| Run::of(recording, number))
    }

    fn runtimes(&self) -> String {
        let names: Vec<_> = self.recording.runs.iter().map(|run| one_line(&run.runtime)).collect();
        if names.is_empty() { "no run".to_owned() } else { format!("runs on {}", listed(&names)) }
    }

    /// The runs on these runtimes, or all. The error is one sentence.
    fn named(&self, runtimes: &[String]) -> Result<Vec<Run<'a>>, String> {
        for name in runtimes {
            if !self.recording.runs.iter().any(|run| run.runtime == *name) {
                let (file, name) = (shown_path(self.name), one_line(name));
                return Err(format!("{file} has no run on {name}; it has {}", self.runtimes()));
            }
        }
        let is_asked = |run: &Run<'_>| runtimes.is_empty() || runtimes.iter().any(|name| name == run.label());
        Ok(self.runs().filter(is_asked).collect())
    }
}

/// The runs of one recording. Two runs on one runtime have their numbers in their names. The error is one sentence.
pub(super) fn of_one<'a>(file: &File<'a>, runtimes: &[String]) -> Result<Vec<Run<'a>>, String> {
    let runs = file.named(runtimes)?;
    if runs.len() < 2 {
        let name = shown_path(file.name);
        return Err(format!("{name} has {} to compare; name another recording beside it", one_run(runs.len())));
    }
    let labels: Vec<_> = runs.iter().map(|run| run.label().to_owned()).collect();
    let is_twice = |label: &String| labels.iter().filter(|other| *other == label).count() > 1;
    let called = |(number, run): (usize, Run<'a>)| {
        let label = &labels[number];
        if is_twice(label) { run.called(&format!("run {} on {label}", number + 1)) } else { run }
    };
    Ok((0..).zip(runs).map(called).collect())
}

fn one_run(count: usize) -> &'static str {
    if count == 0 { "no run" } else { "only one run" }
}

/// The pairs of runs of two recordings: on each runtime that both have, or on those that are named. The error is one sentence.
pub(super) fn of_two<'a>(
    left: &File<'a>,
    right: &File<'a>,
    runtimes: &[String],
) -> Result<Vec<(Run<'a>, Run<'a>)>, String> {
    let (ours, theirs) = match runtimes {
        [] => (left.named(&[])?, right.named(&[])?),
        [both] => (left.named(std::slice::from_ref(both))?, right.named(std::slice::from_ref(both))?),
        [one, other] => (left.named(std::slice::from_ref(one))?, right.named(std::slice::from_ref(other))?),
        _ => return Err("of two recordings, --runtime takes one name, or one for each".to_owned()),
    };
    let (here, there) = names(left.name, right.name);
    let named = |(one, other): (Run<'a>, Run<'a>)| {
        let are_alike = one.label() == other.label();
        if are_alike { (one.called(&here), other.called(&there)) } else { (one, other) }
    };
    if let ([one], [other]) = (&ours[..], &theirs[..]) {
        return Ok(vec![named((one.clone(), other.clone()))]);
    }
    let mut left_over = theirs;
    let mut pairs = Vec::new();
    for run in ours {
        if let Some(place) = left_over.iter().position(|other| other.label() == run.label()) {
            pairs.push(named((run, left_over.remove(place))));
        }
    }
    if pairs.is_empty() {
        let (one, other) = (left.runtimes(), right.runtimes());
        return Err(format!(
            "{here} has {one}, and {there} has {other}; name a runtime of each with --runtime ONE,OTHER"
        ));
    }
    Ok(pairs)
}

/// The names of two files: without their folders, unless they are the same then.
fn names(left: &Path, right: &Path) -> (String, String) {
    let short = |path: &Path| path.file_name().map_or_else(|| path.to_owned(), Into::into);
    let (one, other) = (short(left), short(right));
    let shown = |path: &Path| shown_path(path);
    if one == other { (shown(left), shown(right)) } else { (shown(&one), shown(&other)) }
}
