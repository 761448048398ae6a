//! A recorded run whose fault is known.

use paintdry_diagnose::{Diagnosis, Kind, Severity, diagnose};
use paintdry_studio::{Clock, RecordedRun, Recording, Source};

/// The group of programs on several threads: which hints they get depends on which thread was faster.
pub(crate) const NOT_IN_THE_TABLE: &str = "";

pub(crate) struct Labelled {
    /// Its row in the table.
    pub(crate) group: &'static str,
    pub(crate) name: String,
    /// What has to be found. A sound program has nothing here.
    pub(crate) expected: &'static [Kind],
    /// It is faulty, and its events do not show it.
    pub(crate) is_unseen: bool,
    pub(crate) recording: Recording,
}

impl Labelled {
    pub(crate) fn new(group: &'static str, name: String, expected: &'static [Kind], run: RecordedRun) -> Self {
        Self::of_file(group, name, expected, run, None)
    }

    /// The file of the program.
    pub(crate) fn of_file(
        group: &'static str,
        name: String,
        expected: &'static [Kind],
        run: RecordedRun,
        file: Option<(&str, &str)>,
    ) -> Self {
        let source = file.map(|(file, text)| Source {
            name: "program".to_owned(),
            file: file.to_owned(),
            first_line: 1,
            text: text.to_owned(),
        });
        let named = source.as_ref().map(|source| source.name.clone());
        let mut recording = Recording::of_program(&name, Clock::Virtual, source.into_iter().collect());
        recording.runs.push(RecordedRun { source: named, ..run });
        Self { group, name, expected, is_unseen: false, recording }
    }

    pub(crate) fn diagnosis(&self) -> Diagnosis {
        diagnose(&self.recording).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// What came of a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judgement {
    Found,
    Missed,
    Unseen,
    /// Nothing at all on a sound program,
    Silent,
    /// or a hint, which is allowed,
    Hinted,
    /// or a fault or a delay, which is not.
    FalseAlarm,
}

pub(crate) fn judgement(labelled: &Labelled, diagnosis: &Diagnosis) -> Judgement {
    let kinds: Vec<Kind> = diagnosis.findings.iter().map(|finding| finding.kind).collect();
    let is_worse = |kind: Kind| kind.severity() != Severity::Hint && !labelled.expected.contains(&kind);
    match labelled.expected {
        [] if labelled.is_unseen && kinds.is_empty() => Judgement::Unseen,
        [] if diagnosis.is_faulty() => Judgement::FalseAlarm,
        [] if kinds.is_empty() => Judgement::Silent,
        [] => Judgement::Hinted,
        expected if expected.iter().all(|kind| kinds.contains(kind)) && kinds.first() == expected.first() => {
            // What else is found must not distract from it.
            if kinds.iter().filter(|kind| is_worse(**kind)).count() <= 1 { Judgement::Found } else { Judgement::Missed }
        }
        _ => Judgement::Missed,
    }
}
