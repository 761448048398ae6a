//! The questions of "Check yourself": each has a function that runs a program and returns the text of the right answer, or programs
//! on which the compiler decides.
//!
//! In a page, `<!-- answer: chapter05::broken -->` under a question names the function `broken` of `chapter05.rs`. A test compares
//! what it returns with the right answer of that question. So a change of the code that makes an answer wrong fails the build.
//!
//! `<!-- answer: chapter14::TheSameText -->` names a struct that exists only for doctests. Its programs compile or do not, as the
//! answers to the question say.

mod chapter00;
mod chapter01;
mod chapter02;
mod chapter03;
mod chapter04;
mod chapter05;
mod chapter06;
mod chapter06b;
mod chapter07;
mod chapter08;
mod chapter09;
mod chapter09b;
mod chapter09c;
mod chapter10;
mod chapter10b;
mod chapter11;
mod chapter12;
mod chapter13;
mod chapter13b;
mod chapter14;
mod chapter15;
mod chapter16;
mod chapter17;
mod chapter18;
mod chapter19;

use std::time::Duration;

/// A function that finds the right answer of a question.
#[derive(Debug)]
pub struct Answer {
    /// Its name in the page: `chapter05::broken`.
    pub name: &'static str,
    /// Runs the program, and returns the text of the answer, without marks. A line break is `<br>` in the page.
    pub text: fn() -> String,
}

/// All of them, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Answer> {
    let chapters = [
        chapter00::answers(),
        chapter01::answers(),
        chapter02::answers(),
        chapter03::answers(),
        chapter04::answers(),
        chapter05::answers(),
        chapter06::answers(),
        chapter06b::answers(),
        chapter07::answers(),
        chapter08::answers(),
        chapter09::answers(),
        chapter09b::answers(),
        chapter09c::answers(),
        chapter10::answers(),
        chapter10b::answers(),
        chapter11::answers(),
        chapter12::answers(),
        chapter13::answers(),
        chapter13b::answers(),
        chapter14::answers(),
        chapter15::answers(),
        chapter16::answers(),
        chapter17::answers(),
        chapter18::answers(),
        chapter19::answers(),
    ];
    chapters.into_iter().flatten().collect()
}

/// A time as an answer has it: `9 s`, `0.5 s`.
fn time(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

/// Several times, in order: `9 s, 5 s and 5 s`.
fn times(times: &[Duration]) -> String {
    list(&times.iter().copied().map(time).collect::<Vec<_>>())
}

/// Several words, in order: `sky, sea and sun`.
fn list(words: &[impl AsRef<str>]) -> String {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    match &words[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{milliseconds, seconds};

    #[test]
    fn times_and_lists_read_as_people_write_them() {
        assert_eq!(time(milliseconds(500)), "0.5 s");
        assert_eq!(times(&[seconds(9), seconds(5)]), "9 s and 5 s");
        assert_eq!(list(&["sky", "sea", "sun"]), "sky, sea and sun");
        assert_eq!(list(&["sky"]), "sky");
    }
}
