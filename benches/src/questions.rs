//! The questions that the groups answer, in the order of the page.

use crate::report::{GroupReport, Report};

/// A question, and the groups that answer it by the beginning of their names.
const QUESTIONS: [(&str, &[&str]); 7] = [
    ("Many connections", &["echo"]),
    ("Tasks that take turns", &["yield"]),
    ("Short-lived tasks", &["spawn", "start"]),
    ("Tasks that talk to each other", &["oneshot", "mpsc", "mutex", "wake"]),
    ("Timers and time limits", &["timers", "timeouts", "select", "cancel"]),
    ("Work for the processors", &["paint"]),
    ("Blocking calls and files", &["blocking", "files"]),
];

/// The question that the group `id` answers.
#[must_use]
pub fn of(id: &str) -> Option<&'static str> {
    QUESTIONS.iter().find(|(_, groups)| groups.iter().any(|group| id.starts_with(group))).map(|(question, _)| *question)
}

/// Each question that has groups in `report`, with them.
pub(crate) fn answered(report: &Report) -> impl Iterator<Item = (&'static str, Vec<&GroupReport>)> {
    QUESTIONS.iter().filter_map(|(question, _)| {
        let groups: Vec<_> = report.groups.iter().filter(|group| of(&group.id) == Some(*question)).collect();
        (!groups.is_empty()).then_some((*question, groups))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_contenders::groups::{self, Size};

    #[test]
    fn every_group_answers_a_question() {
        for group in groups::all(Size::Small) {
            assert!(of(&group.id).is_some(), "{}", group.id);
        }
    }
}
