//! The questions of "Check yourself": each has one right answer, and a reason against each wrong one. The right answer is what its
//! program says when it runs, or what the compiler says of its programs.
//!
//! A question is a bold line with its number. A comment under it names the function that finds the right answer
//! (`<!-- answer: chapter05::broken -->`), or a struct with doctests (`<!-- answer: chapter14::TheSameText -->`). Each answer is
//! folded, and its summary is what the reader chooses.

use super::{pages, read};
use paintdry_course::quiz;
use std::collections::BTreeSet;

/// A question of a page.
struct Question {
    /// Its first line, without marks.
    text: String,
    /// The function that finds its right answer, or the struct with its programs for the compiler.
    finds: Option<String>,
    answers: Vec<Choice>,
}

/// An answer that a reader may choose.
struct Choice {
    summary: String,
    reason: String,
}

impl Choice {
    fn is_right(&self) -> bool {
        self.reason.starts_with("**Right.**")
    }
}

impl Question {
    /// The question that begins after `**`.
    fn parse(text: &str) -> Self {
        let first = text.lines().next().unwrap_or_default().trim_end_matches("**");
        let comment = |name: &str| {
            let rest = text.split_once(&format!("\n<!-- {name}: "))?.1;
            Some(rest.split_once(" -->\n")?.0.to_owned())
        };
        let answer = |rest: &str| {
            let (summary, rest) = rest.split_once("</summary>\n\n")?;
            let (reason, _) = rest.split_once("\n</details>")?;
            Some(Choice { summary: plain(summary), reason: reason.trim().to_owned() })
        };
        Self {
            text: first.to_owned(),
            finds: comment("answer"),
            answers: text.split("\n<details><summary>").skip(1).filter_map(answer).collect(),
        }
    }

    fn right(&self) -> Option<&Choice> {
        self.answers.iter().find(|answer| answer.is_right())
    }

    /// What is wrong with its form.
    fn problems(&self, folded: usize) -> Vec<&'static str> {
        let reasons = || self.answers.iter().map(|answer| answer.reason.as_str());
        let summaries: BTreeSet<_> = self.answers.iter().map(|answer| &answer.summary).collect();
        let is_short =
            |reason: &str| reason.trim_start_matches("**Right.**").trim_start_matches("No.").trim().len() < 12;
        let is_bold = |reason: &str| reason.starts_with("No.") && reason.lines().any(|line| line.contains("**"));
        let checks = [
            (
                folded == self.answers.len(),
                "an answer is `<details><summary>…</summary>`, an empty line, its reason, `</details>`",
            ),
            ((3..=4).contains(&self.answers.len()), "it has not three or four answers"),
            (self.answers.iter().filter(|answer| answer.is_right()).count() == 1, "not exactly one answer is right"),
            (
                reasons().all(|reason| reason.starts_with("**Right.**") || reason.starts_with("No.")),
                "an answer begins with neither `**Right.**` nor `No.`",
            ),
            (!reasons().any(is_short), "an answer has no reason"),
            (
                !reasons().any(is_bold),
                "a wrong answer has bold words, which the style of the book takes for the right one",
            ),
            (summaries.len() == self.answers.len(), "two of its answers are the same"),
            (
                self.finds.is_some(),
                "no comment names what finds its right answer: `<!-- answer: chapter05::broken -->`",
            ),
        ];
        checks.into_iter().filter_map(|(holds, problem)| (!holds).then_some(problem)).collect()
    }
}

/// The text of a summary as a reader sees it.
fn plain(summary: &str) -> String {
    let text =
        ["<code>", "</code>", "<em>", "</em>"].iter().fold(summary.to_owned(), |text, tag| text.replace(tag, ""));
    text.replace("<br>", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The section "Check yourself" of a page, if it has one.
pub(crate) fn section(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("\n## Check yourself\n")?;
    rest.split("\n## ").next()
}

/// The questions of a section: each begins with its number in bold.
fn questions(section: &str) -> Vec<(Question, usize)> {
    let begins =
        |line: &str| line.strip_prefix("**").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let mut texts: Vec<String> = Vec::new();
    for line in section.lines() {
        if begins(line) {
            texts.push(String::new());
        }
        if let Some(text) = texts.last_mut() {
            text.push_str(line.strip_prefix("**").filter(|_| begins(line)).unwrap_or(line));
            text.push('\n');
        }
    }
    texts.iter().map(|text| (Question::parse(text), text.matches("<details>").count())).collect()
}

/// The pages with a quiz, each with its questions.
fn quizzes() -> Vec<(String, Vec<(Question, usize)>)> {
    let pages = pages().into_iter().map(|page| (read(&format!("docs/{page}")), page));
    pages.filter_map(|(text, page)| Some((page, questions(section(&text)?)))).collect()
}

#[test]
fn each_quiz_has_the_form_of_a_quiz() {
    let mut wrong = Vec::new();
    for (page, questions) in quizzes() {
        if !(4..=6).contains(&questions.len()) {
            wrong.push(format!("docs/{page} has {} questions, not four to six", questions.len()));
        }
        for (number, (question, folded)) in (1..).zip(&questions) {
            if !question.text.starts_with(&format!("{number}. ")) {
                wrong.push(format!("docs/{page}: question {number} begins with {:?}", question.text));
            }
            wrong.extend(
                question.problems(*folded).iter().map(|problem| format!("docs/{page}: {}: {problem}", question.text)),
            );
        }
        // A reader should not learn that the second answer is always the right one.
        let places = questions.iter().filter_map(|(question, _)| question.answers.iter().position(Choice::is_right));
        let places: Vec<_> = places.collect();
        let most = (0..4).map(|place| places.iter().filter(|&&other| other == place).count()).max().unwrap_or_default();
        if most > places.len().div_ceil(2) {
            wrong.push(format!("docs/{page}: the right answers are at the places {places:?}; spread them"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The programs above a struct of the quizzes that exists only for doctests: whether each must compile.
fn programs(name: &str) -> Option<Vec<bool>> {
    let (file, name) = name.split_once("::")?;
    let text = read(&format!("crates/course/src/quiz/{file}.rs"));
    let (above, _) = text.split_once(&format!("\n#[cfg(doctest)]\nstruct {name};\n"))?;
    let comment: Vec<_> = above.lines().rev().map_while(|line| line.strip_prefix("///")).collect();
    let fences = comment.iter().rev().filter_map(|line| line.strip_prefix(" ```"));
    Some(fences.step_by(2).map(|kind| !kind.starts_with("compile_fail")).collect())
}

/// Whether the compiler finds the answer of this name: it is a struct, and no function.
fn is_for_the_compiler(name: &str) -> bool {
    name.split_once("::").is_some_and(|(_, name)| name.starts_with(char::is_uppercase))
}

#[test]
fn each_right_answer_is_found_by_a_program_or_the_compiler() {
    let answers = quiz::all();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for (page, questions) in quizzes() {
        for (question, _) in questions {
            let Some(finds) = &question.finds else { continue }; // a problem of its form
            let at = format!("docs/{page}: {}", question.text);
            if !used.insert(finds.clone()) {
                wrong.push(format!("{at}: another question has {finds} already"));
            }
            if is_for_the_compiler(finds) {
                let programs = programs(finds).unwrap_or_default();
                let has_both = programs.contains(&true) && programs.contains(&false);
                if programs.len() < question.answers.len() || !has_both {
                    wrong.push(format!(
                        "{at}: {finds} has no program for each answer, some of which compile: {programs:?}"
                    ));
                }
                continue;
            }
            let Some(answer) = answers.iter().find(|answer| answer.name == finds) else {
                wrong.push(format!("{at}: quiz::all() has no {finds}"));
                continue;
            };
            let (said, found) = (question.right().map(|right| right.summary.as_str()), (answer.text)());
            if said != Some(found.as_str()) {
                wrong.push(format!("{at}: the right answer is {said:?}, and {finds} finds {found:?}"));
            }
        }
    }
    let unused = answers.iter().filter(|answer| !used.contains(answer.name));
    wrong.extend(unused.map(|answer| format!("no question names {}", answer.name)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_name_of_an_answer_is_that_of_its_function() {
    for answer in quiz::all() {
        let (file, function) = answer.name.split_once("::").expect("a file and a function");
        let text = read(&format!("crates/course/src/quiz/{file}.rs"));
        assert!(text.contains(&format!("\nfn {function}()")), "{file}.rs has no function {function}");
        assert!(text.contains(&format!("text: {function} ")), "{} is listed with another function", answer.name);
    }
}

#[test]
fn what_is_wrong_with_a_question_is_found() {
    let right = "<details><summary>5 s</summary>\n\n**Right.** The drying overlaps.\n</details>\n";
    let wrong = "<details><summary>9 s</summary>\n\nNo. The drying overlaps.\n</details>\n";
    let other = "<details><summary>3 s</summary>\n\nNo. The painting does not overlap.\n</details>\n";
    let asked = "\n**1. How long?**\n<!-- answer: chapter05::joined -->\n\n";
    for (text, expected) in [
        (format!("{asked}{wrong}{right}{other}"), None),
        (format!("{asked}{wrong}{right}"), Some("it has not three or four answers")),
        (format!("{asked}{right}{right}{other}"), Some("not exactly one answer is right")),
        (format!("{asked}{wrong}{right}{wrong}"), Some("two of its answers are the same")),
        (
            format!("{asked}{wrong}{right}{}", other.replace("No. The painting does not overlap.", "No.")),
            Some("an answer has no reason"),
        ),
        (
            format!("{asked}{wrong}{right}{}", other.replace("No.", "Perhaps.")),
            Some("an answer begins with neither `**Right.**` nor `No.`"),
        ),
        (
            format!("{asked}{wrong}{right}{other}{}", other.replace("\n\n", "\n")),
            Some("an answer is `<details><summary>…</summary>`, an empty line, its reason, `</details>`"),
        ),
    ] {
        let [(question, folded)] = &questions(&text)[..] else { panic!("it is one question") };
        assert_eq!(question.problems(*folded).first().copied(), expected, "{text}");
        assert_eq!((question.text.as_str(), question.finds.as_deref()), ("1. How long?", Some("chapter05::joined")));
    }
    let [(question, folded)] = &questions(&format!("\n**1. How long?**\n\n{wrong}{right}{other}"))[..] else {
        panic!("it is one question")
    };
    let problems = question.problems(*folded);
    assert!(matches!(problems[..], [problem] if problem.starts_with("no comment names what finds")), "{problems:?}");
    assert_eq!(programs("chapter14::TheSameText"), Some(vec![false, false, false, true]));
    assert_eq!(programs("chapter14::tasks_that_borrow"), None);
    assert_eq!(plain("<code>Vec&lt;u8&gt;</code><br>sea"), "Vec<u8>\nsea");
}
